import type { Handshake } from '../http/handshake';
import type { Severity } from '../model/check-result';
import type { Family } from '../model/family';
import type { Recipe } from '../token/forge';
import type { AnswerFacts } from './answer-facts';
import type { Endpoint } from './endpoint';
import type { Calibration } from './calibration';

/** How hard a probe is on the target, weakest first. Apart from the profile: consent is asked per impact. */
export const impacts = ['passive', 'safe', 'noisy', 'disruptive'] as const;
export type Impact = (typeof impacts)[number];

/** How much is asked. `smoke` spends at most 15 requests per route, `standard` 60, `full` 1100 on one representative. */
export const profiles = ['smoke', 'standard', 'full'] as const;
export type Profile = (typeof profiles)[number];

/** The two things that are proven per route, apart from each other. */
export type Claim = 'closed-to-anonymous' | 'protected';

/**
 * What a probe cannot work without. `token`: a good token. `control`: the good token reached the workload.
 * `keys`: the issuer's published keys. `signing-key`: a private key of a test issuer. `deny-credentials`: further clients.
 * `second-issuer`: an issuer that only another rule of the workload trusts. `canary`: a server of the prober. `secret-probes`: consent to
 * use the prober's own secrets. `allow-disruptive`: consent, for hosts that are not loopback. `tls`: a target that is asked over TLS. `hint`: the
 * path of something that exists. `ended-token`: a good token that ended while the run went on. `id-token`: one that came with the good token.
 */
export type Need =
  | 'token'
  | 'control'
  | 'keys'
  | 'signing-key'
  | 'deny-credentials'
  | 'second-issuer'
  | 'canary'
  | 'secret-probes'
  | 'allow-disruptive'
  | 'tls'
  | 'hint'
  | 'ended-token'
  | 'id-token';

/** The text that calibration sends in the place of a token. */
export const calibrationGarbage = 'kyma.guard.garbage';

/** What stands in the place of the good token. */
export type Credential =
  | { readonly kind: 'none' }
  /** The good token, where the rule reads it. */
  | { readonly kind: 'valid' }
  /** A text that is no token, where the rule reads tokens. */
  | { readonly kind: 'text'; readonly text: string }
  /** A hostile token; one recipe may give several. */
  | { readonly kind: 'forged'; readonly recipe: Recipe }
  /** The valid token of every client that must be refused. */
  | { readonly kind: 'denied' }
  /** The good tokens of issuers that other rules of the workload trust, and this one does not. */
  | { readonly kind: 'neighbour' }
  /** Good tokens that have ended for good since they were sent. */
  | { readonly kind: 'ended' }
  /** The ID token that came with the good one. */
  | { readonly kind: 'id-token' };

/** Where a token may stand. */
export type TokenPlace =
  | { readonly header: string; readonly prefix?: string }
  | { readonly parameter: string }
  | { readonly cookie: string }
  /** Field of a form in the body. */
  | { readonly field: string };

/**
 * Another way in than the address of a target over TLS. No token goes through it. `plain`: without TLS, at the same port or, where the target
 * has the usual one, at port 80. `tls`: with TLS that is opened otherwise.
 */
export type Door = { readonly kind: 'plain'; readonly port: 'usual' | 'same' } | ({ readonly kind: 'tls' } & Handshake);

/** Requests that are sent before the one that is judged. Those with a valid token get that of the route. */
export interface Before {
  readonly attempts: readonly Attempt[];
  /** `connection`: over the same one, in turn. `pipelined`: the same, without waiting. `apart`: like any other. `cookies`: apart, and the judged one carries what cookies they got. */
  readonly how: 'connection' | 'pipelined' | 'apart' | 'cookies';
}

/** One request of a probe, as it differs from the good one. */
export interface Attempt {
  /** Stable name of the variant, for the report. */
  readonly variant: string;
  readonly credential: Credential;
  /** @default - the method of the route */
  readonly method?: string;
  /** Path as it goes out. @default - the sample path of the route */
  readonly path?: string;
  /** Appended to the query, already encoded. */
  readonly query?: string;
  readonly headers?: readonly (readonly [string, string])[];
  /** Goes out over a new connection: a gateway may decide once per connection. @default false */
  readonly fresh?: boolean;
  /** An empty 2xx answer gives nothing away (OPTIONS, TRACE). @default false */
  readonly emptyIsHarmless?: boolean;
  /** Where the token goes. @default - where the rule reads it */
  readonly place?: TokenPlace;
  /** Lines of the Host header, none if empty. @default - the host of the endpoint */
  readonly hosts?: readonly string[];
  /** Another host of the run, which is asked at its own address. */
  readonly at?: string;
  /** Another way in; only over `bytes` and without a token. @default - the address of the target */
  readonly door?: Door;
  /** @default - what the method asks for */
  readonly body?: string;
  /** No body, and no type of one, where the method asks for them. @default false */
  readonly bare?: boolean;
  /** `bytes`: nothing is normalized on the way out. @default 'client' */
  readonly over?: 'client' | 'bytes' | 'h2';
  /** Target of the request line, over `bytes`. @default - path and query */
  readonly target?: string;
  /** Over `bytes`. @default '1.1' */
  readonly version?: '1.0' | '1.1';
  /** @default - nothing */
  readonly before?: Before;
  /** @default - that of the probe */
  readonly evidence?: Probe['evidence'];
  /** Whom the rules mean the request for. @default - what method and path say */
  readonly intent?: Endpoint['intent'] | 'none';
  /** What the trick leads to, asked for in the usual way: when that is refused, nobody knows yet whether the trick opened anything. */
  readonly usual?: Attempt;
  /** The same without the trick: when it gets through as well, the trick is not what opened. */
  readonly without?: Attempt;
}

/** One attack: data and at most one pure function (`attempts` as a function, or `inspect`). */
export interface Probe {
  /** Stable; renaming an id is a breaking change. */
  readonly id: string;
  /** What it plays with: the column of the report that it stands in. */
  readonly family: Family;
  readonly title: string;
  readonly claim: Claim;
  /** Severity of a breach. */
  readonly severity: Severity;
  readonly impact: Impact;
  /** The smallest profile that runs it. */
  readonly profile: Profile;
  readonly needs: readonly Need[];
  /** Without a core probe the claim stays undecided. */
  readonly core: boolean;
  /** Once per rule and method, or once more for each issuer that the rule trusts. */
  readonly per: 'endpoint' | 'issuer';
  /** Endpoints it is for. @default 'readable': methods that may be sent as they are */
  readonly on?: 'readable' | 'writing' | 'any';
  readonly attempts: readonly Attempt[] | ((endpoint: Endpoint) => readonly Attempt[]);
  /** Why there may be no attempts at an endpoint. @default - nothing to try here */
  readonly absent?: string;
  /** Most requests per route in each profile; further variants are left out. */
  readonly budget: Readonly<Record<Profile, number>>;
  /** Every token there is goes out, whatever the budget says: the user named each of them. @default false */
  readonly everyToken?: boolean;
  /** Statuses that count as refused besides 400, 401, 403 and 404. @default - none */
  readonly refusals?: readonly number[];
  /** `any`: whatever is unlike a refusal is a breach. `control`: only what the authorised caller gets is. `inspect`: only what `inspect` finds. @default 'any' */
  readonly evidence?: 'any' | 'control' | 'inspect';
  /** Ids of probes that explain a breach of this one: when one of them got through, this is a variant of it. */
  readonly twins: readonly string[];
  /** Looks at one answer for what the comparison with the good answer does not show: what it is, or why it cannot be told. */
  readonly inspect?: (seen: Seen) => string | { readonly idle: string } | undefined;
  /** What a sound answer is. @default - a refusal */
  readonly expected?: string;
  /** What a breach means, one sentence. */
  readonly breach: string;
  readonly fix: string;
  /** The fix where it depends on what the rule asks for. @default - `fix` */
  readonly fixFor?: (endpoint: Endpoint) => string;
  readonly refs: readonly string[];
}

/** What `inspect` sees of an exchange. */
export interface Seen {
  readonly endpoint: Endpoint;
  readonly attempt: Attempt;
  /** The request went over TLS. */
  readonly secure: boolean;
  /** What is kept of the answer, to be compared. */
  readonly facts: AnswerFacts;
  /** What others got at this endpoint. */
  readonly calibration: Calibration;
  /** From sending to the end of the body, in milliseconds. */
  readonly ms: number;
  /** The same for the requests that were sent before it, apart. */
  readonly earlierMs: readonly number[];
  /** Calls with a bad token that this host answered so far, otherwise than with 429. */
  readonly badTokens: number;
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body of a refusal, at most 200 bytes of it. */
  readonly text: string;
  /** Only for the moment: nothing of it is kept. */
  readonly body: Buffer;
}
