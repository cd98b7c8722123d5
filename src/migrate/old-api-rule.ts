import type { CorsPolicy, ServiceRef } from '../model/api-rule';
import type { JsonObject, JsonPath } from '../model/json';
import type { Manifest } from '../model/manifest';

/** How a cluster read `jwt` and `/*`: ConfigMap `kyma-system/api-gateway-config`, key `jwtHandler`. `ory` is what Kyma shipped. */
export type OldJwtHandler = 'ory' | 'istio';

/** An APIRule of a form that Kyma no longer serves, as its author meant it. */
export interface OldApiRule {
  readonly namespace: string;
  readonly name: string;
  /** The form of the body, whatever `apiVersion` stands above it. */
  readonly form: 'v1alpha1' | 'v1beta1';
  /** `annotation`: a live object in v2 form, whose true spec is in `gateway.kyma-project.io/v1beta1-spec`. */
  readonly foundIn: 'spec' | 'annotation';
  /** As written: a label or a full name, upper case and underscores possible. */
  readonly host: string;
  /** As written, any of the old forms. */
  readonly gateway: string;
  readonly service?: ServiceRef;
  /** In seconds. */
  readonly timeoutSeconds?: number;
  /** Absent means the default of the old controller, which lets every origin in. */
  readonly corsPolicy?: CorsPolicy;
  readonly rules: readonly OldRule[];
  readonly manifest: Manifest;
}

/** One entry of `spec.rules` of an old APIRule. */
export interface OldRule {
  /** An RE2 expression that must match the whole path. */
  readonly path: string;
  readonly methods: readonly string[];
  /** Alternatives: one that lets the request in is enough. */
  readonly accessStrategies: readonly OldHandler[];
  readonly mutators: readonly OldHandler[];
  readonly service?: ServiceRef;
  readonly timeoutSeconds?: number;
  /** Where it stands in the manifest, for messages; the annotation itself when it was found there. */
  readonly place: JsonPath;
  /**
   * The entry itself when it already names its access as APIRule v2 does, in a half-migrated object. `path` is then the expression that
   * takes the same paths, and `accessStrategies` holds the strategy as `no_auth`, `jwt` or `extAuth` with its members as configuration.
   * @default - the entry has the old form
   */
  readonly newForm?: JsonObject;
}

/** An access strategy or a mutator: a name and what its author configured. */
export interface OldHandler {
  readonly handler: string;
  readonly config: JsonObject;
}
