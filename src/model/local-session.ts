/**
 * What `local` leaves in `.kyma-guard/local.json` while it runs, for `verify --local` and people.
 * Holds addresses and paths of files only; secrets and keys stay in those files (mode 0600), which are removed at the end.
 */
export interface LocalSession {
  readonly schemaVersion: 1;
  /** Process id of the running `local`. */
  readonly pid: number;
  /** Over the APIRules that run (`apiRulesDigest`): `verify` must not judge others by them. */
  readonly inputDigest: string;
  /** Which gateway stands in front of the workloads. */
  readonly gateway: 'embedded' | 'envoy';
  /** Full host of an APIRule to the base URL that serves it, e.g. `http://127.0.0.1:41001`. */
  readonly targets: Readonly<Record<string, string>>;
  /** Issuer string of the manifests to the base URL where its discovery, token and key endpoints really are. */
  readonly issuers: Readonly<Record<string, string>>;
  /** Service keys whose tokens each issuer's rules accept. */
  readonly credentials: readonly { readonly issuer: string; readonly path: string }[];
  /** Service keys whose valid tokens must be refused; `label` says why. */
  readonly denyCredentials: readonly { readonly label: string; readonly issuer: string; readonly path: string }[];
  /** File with the private keys of the local issuers: `{ "<issuer>": { "keys": [JWK] } }`. */
  readonly signingKeys: string;
  /** `SERVICE_BINDING_ROOT` as the pods would see it. */
  readonly bindings: string;
}

/** Where the session file stands, relative to the working directory. */
export const localSessionFile = '.kyma-guard/local.json';
