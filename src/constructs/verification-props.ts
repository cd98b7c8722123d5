import type { VerifierContent } from '../model/verifier-content';
import type { JsonObject } from '../model/json';
import type { ObjectMetadata } from './object-metadata';
import type { XsuaaBindingProps } from './xsuaa-binding';

/**
 * When the verification runs and who starts it again. `job`: once, when it is applied. `argocd`: after each sync (PostSync hook). `flux`: its name
 * follows its content, so that whatever changes it starts a new one. `helm`: on `helm test`. `cronjob`: by the clock.
 */
export type VerificationKind = 'job' | 'argocd' | 'flux' | 'helm' | 'cronjob';

/** Credentials of its own for the verification, from an XSUAA instance in any namespace. The application keeps its own: each can be revoked alone. */
export interface VerificationBinding extends Pick<XsuaaBindingProps, 'credentials' | 'rotation' | 'x509'> {
  /** A DNS label: folder below `/bindings`, and part of the name of ServiceBinding and Secret. */
  readonly name: string;
  /** The ServiceInstance. */
  readonly instance: { readonly name: string; readonly namespace: string };
  /** Issuer string of its tokens. @default - the one that its credentials lead to */
  readonly issuer?: string;
}

/** Credentials from a Secret that exists: members `clientid`, `clientsecret` and `token_url`, as a service key has them. */
export interface VerificationSecret {
  /** A DNS label: folder below `/bindings`. */
  readonly name: string;
  readonly secretName: string;
  /** Issuer string of its tokens. @default - the one that its members lead to */
  readonly issuer?: string;
}

/** What the Pods may reach besides DNS; addresses in CIDR form. */
export interface VerificationNetwork {
  /** The gateways, on ports 80 and 443. @default - the Pods of the Istio ingress gateway, and every public address */
  readonly targets?: readonly string[];
  /** The issuers, on port 443. @default - every public address */
  readonly issuers?: readonly string[];
}

/** Quantities of Kubernetes: `250m` of a processor, `192Mi` of memory. */
export interface VerificationResources {
  readonly cpu: string;
  readonly memory: string;
}

/** Properties of {@link VerificationJob}. */
export interface VerificationJobProps {
  /** Name, at most 52 characters, and a namespace that no application shares: whoever runs Pods in it can read the credentials. */
  readonly metadata: ObjectMetadata;
  /** @default 'job' */
  readonly kind?: VerificationKind;
  /** When a `cronjob` runs, in the form of cron: `0 3 * * *`. */
  readonly schedule?: string;
  /** Time zone of `schedule`, as in `Europe/Berlin`. @default - that of the controller, usually UTC */
  readonly timeZone?: string;
  /** By digest: Node.js 20 or later for a `verifier`, else one whose entrypoint is `kyma-guard`. */
  readonly image: string;
  /** Carried by a {@link VerifierBundle} of the same name and namespace. @default - the image holds it */
  readonly verifier?: VerifierContent;
  /** APIRules to verify, as objects. They travel in ConfigMaps of this job. */
  readonly apiRules: readonly JsonObject[];
  /** What may be probed: full hosts or `*.example.com`. Never taken from the APIRules. */
  readonly scope: readonly string[];
  /** @default - none */
  readonly bindings?: readonly VerificationBinding[];
  /** @default - none */
  readonly secrets?: readonly VerificationSecret[];
  /** Further arguments of `verify`, such as `--profile`, `smoke`. @default - none */
  readonly args?: readonly string[];
  /** How long the deployment may take until it answers as it should; a duration such as `5m`. @default '5m' */
  readonly wait?: string;
  /** Name the run in reports: `cluster: eu10`. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Pods that share the work, from 1; each verifies its part. @default 1 */
  readonly shards?: number;
  /** Seconds after which the Job is stopped, retries included. @default 1800 */
  readonly deadlineSeconds?: number;
  /** How often it is tried again when nothing could be decided. @default 2 */
  readonly retries?: number;
  /** Seconds that a finished Job stays. @default - one day for `job`; the others are replaced by the tool that starts them */
  readonly keepSeconds?: number;
  /** @default - requests 100m and 128Mi, limits 1 and 384Mi */
  readonly resources?: { readonly requests?: VerificationResources; readonly limits?: VerificationResources };
  /** Pods reach what is named here and nothing else; nobody reaches them. @default - no NetworkPolicy */
  readonly network?: VerificationNetwork;
}
