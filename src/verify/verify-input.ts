import type { Family } from '../model/family';
import type { ProxySettings } from '../http/proxy-settings';
import type { BaselineUse } from '../model/accepted-findings';
import type { Baseline } from './baseline';
import type { Manifest } from '../model/manifest';
import type { VerbOutcome } from '../model/verb-outcome';
import type { Credentials } from '../token/credentials';
import type { IssuerAddresses } from '../token/issuer-addresses';
import type { CanaryChoice } from './canary';
import type { TokenSource } from '../token/token-source';
import type { HintEntry } from './hints';
import type { Profile } from './probe';
import type { Shard } from './shard';
import type { SigningKeys } from './signing-keys';

/** A client whose valid tokens must be refused. */
export interface DeniedClient {
  /** Why it must be refused; stands in the report. */
  readonly label: string;
  readonly credentials: Credentials;
  /** Leaves out rules that accept such a client by what they ask for. @default false */
  readonly onlyWhereRefused?: boolean;
}

/** How a run of `verify` behaves. Nothing of it comes from the manifests under test. */
export interface VerifyOptions {
  /** Completes hosts of one label. */
  readonly domain?: string;
  /** Wildcard host to a name below it. @default {} */
  readonly samples?: Readonly<Record<string, string>>;
  /** Full host to the URL that stands for it. @default - https at the host itself */
  readonly targets?: Readonly<Record<string, string>>;
  /** What may be probed; loopback needs no permission. @default [] */
  readonly scope?: readonly string[];
  readonly credentials?: readonly Credentials[];
  /** Ways to good tokens that go before the credentials, each for its issuer. */
  readonly tokenSources?: readonly TokenSource[];
  /** Issuers whose good tokens are signed with `signingKeys`, with what the rules ask for. @default [] */
  readonly selfIssued?: readonly string[];
  readonly denied?: readonly DeniedClient[];
  /** Lets tokens that are signed with the prober's own client secrets go to targets on this machine. @default false */
  readonly allowSecretProbes?: boolean;
  /** A server of this run that a verifier could be lured to. @default 'auto', which is only beside targets on this machine */
  readonly canary?: CanaryChoice;
  /** Private keys of test issuers. */
  readonly signingKeys?: SigningKeys;
  /** Where issuers are really reachable. */
  readonly issuers?: IssuerAddresses;
  /** Certificates to trust, PEM. */
  readonly ca?: string;
  /** Proxies between this machine and issuers and targets; loopback is always asked directly. @default - none */
  readonly proxies?: ProxySettings;
  /** Accepts any certificate of targets, never of issuers. @default false */
  readonly insecureTls?: boolean;
  /** @default 'standard' */
  readonly profile?: Profile;
  /** Families of probes to run beside the core probes, which always run. @default - all */
  readonly families?: readonly Family[];
  /** Polls through a change for so long instead of attacking. @default - attacks */
  readonly watchMs?: number;
  /** An issuer without credentials is a failure. @default false, it is skipped and named */
  readonly requireAllIssuers?: boolean;
  /** Ids of probes that must be tried wherever the profile asks for them; one that is not for want of credentials or a key is a failure. @default [] */
  readonly requireProbes?: readonly string[];
  /** Routes as `METHOD HOST/PATH`, `*` for any text. @default - all */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Judges the hosts of one shard only. @default - all hosts */
  readonly shard?: Shard;
  /** Claims of these routes may stay undecided. */
  readonly acceptUndecided?: readonly string[];
  readonly expectations?: readonly HintEntry[];
  /** Sends nothing and says what would be sent. @default false */
  readonly plan?: boolean;
  /** Endpoints under way at once. @default 8, or 2 when a target is not loopback */
  readonly concurrency?: number;
  /** Requests per second and host. @default - 5 for targets that are not loopback, else unbounded */
  readonly rate?: number;
  readonly maxRequests?: number;
  /** Most requests per route, instead of what the profile spends. @default - 15, 60 or 1100 */
  readonly requestsPerRoute?: number;
  /** @default 10000 */
  readonly timeoutMs?: number;
  /** Waits so long at most until the target answers as it should. @default 0 */
  readonly waitMs?: number;
  /** Lets calls that write go out as their rule means them. @default false, always true on loopback */
  readonly unsafeMethods?: boolean;
  /** Hosts that may be asked in ways that could disturb them, loopback aside. @default [] */
  readonly allowDisruptive?: readonly string[];
  /** Keeps the limits of remote targets on loopback too: it may be a tunnel to a real cluster. @default false */
  readonly gentle?: boolean;
  /** Results that were accepted earlier; they stay in the report and do not count. */
  readonly baseline?: Baseline;
  /** @default 'keep' */
  readonly baselineUse?: BaselineUse;
  /** `YYYY-MM-DD`, for what was accepted up to a day. @default - the day of this machine in UTC */
  readonly today?: string;
}

/** What the outside gives to a run. */
export interface RunTools {
  /** Goes out with each request. */
  readonly runId: string;
  readonly userAgent: string;
  readonly signal?: AbortSignal;
  /** One line about how far the run is. */
  readonly progress?: (line: string) => void;
  /** Told every token, so that it can never appear in an output. */
  readonly learn?: (secret: string) => void;
  /** Waits so many milliseconds. @default - real time */
  readonly pause?: (ms: number) => Promise<void>;
  /** Milliseconds since 1970, for the lives of tokens. @default - the clock of this machine */
  readonly now?: () => number;
}

export interface VerifyInput {
  readonly manifests: readonly Manifest[];
  readonly options: VerifyOptions;
  readonly tools: RunTools;
}

/** What a run gives back. */
export interface VerifyOutcome extends VerbOutcome {
  /** The baseline as it is to be kept after this run; absent without one. */
  readonly baseline?: Baseline;
}
