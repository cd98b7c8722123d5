/**
 * The Istio objects that Kyma's controller makes of APIRules, reduced to what decides about a request.
 * Real objects from a cluster can stand in for translated ones.
 */
export interface IstioObjects {
  readonly virtualServices: readonly VirtualService[];
  readonly requestAuthentications: readonly RequestAuthentication[];
  readonly authorizationPolicies: readonly AuthorizationPolicy[];
}

/** The APIRule entry an object came from; absent on objects that no APIRule made. */
export interface Origin {
  /** `namespace/name` of the APIRule. */
  readonly apiRule: string;
  /** Index in `spec.rules`. */
  readonly rule: number;
}

export interface VirtualService {
  readonly namespace: string;
  readonly name: string;
  /** Full hosts, lower case; `*.example.com` is a suffix. */
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly http: readonly HttpRoute[];
}

export interface HttpRoute {
  readonly origin?: Origin;
  readonly uri: { readonly kind: 'prefix' | 'regex' | 'exact'; readonly value: string };
  /** RE2 expression over the method, as in `^(GET|POST)$`. Absent matches every method. */
  readonly methodRegex?: string;
  readonly destination: Destination;
  /** What the route also asks for and the model does not know, such as `headers`; a request that gets here is `unknown`. */
  readonly unsupported?: readonly string[];
  readonly timeoutSeconds: number;
  readonly setRequestHeaders: Readonly<Record<string, string>>;
  readonly removeResponseHeaders: readonly string[];
  readonly cors?: {
    readonly allowOrigins: readonly { readonly match: 'exact' | 'prefix' | 'regex'; readonly value: string }[];
    readonly allowMethods: readonly string[];
    readonly allowHeaders: readonly string[];
    readonly exposeHeaders: readonly string[];
    readonly allowCredentials?: boolean;
    readonly maxAgeSeconds?: number;
  };
}

/** Where a route leads. `workload` names the Pods behind the Service. */
export interface Destination {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  readonly workload: Workload;
}

/** Pods of one namespace that carry all labels. */
export interface Workload {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Keys that the Pods carry, but not all alike. Set when the Pods are in the input, so that they carry no other key. */
  readonly mixedLabels?: readonly string[];
  /** Pods that may be told apart by their labels, when the Service leads to several kinds of them; a request reaches any of them. */
  readonly variants?: readonly Workload[];
  /** True when no Service or Function of the input names the selector, so equal names were taken for equal Pods. */
  readonly assumed: boolean;
}

export interface RequestAuthentication {
  readonly namespace: string;
  readonly name: string;
  /** `namespace/name` of the APIRule it was made of; absent on objects that no APIRule made. */
  readonly apiRule?: string;
  /** Pod labels it applies to; empty means every Pod of the namespace. */
  readonly selector: Readonly<Record<string, string>>;
  readonly jwtRules: readonly JwtRule[];
}

export interface JwtRule {
  readonly issuer: string;
  readonly jwksUri: string;
  /** Keys that stand in the object itself, as JSON text; only in objects that no controller made. */
  readonly jwks?: string;
  readonly fromHeaders: readonly { readonly name: string; readonly prefix?: string }[];
  readonly fromParams: readonly string[];
}

export interface AuthorizationPolicy {
  readonly namespace: string;
  readonly name: string;
  readonly origin?: Origin;
  readonly selector: Readonly<Record<string, string>>;
  readonly action: 'ALLOW' | 'DENY' | 'CUSTOM' | 'AUDIT';
  readonly provider?: string;
  /** Alternatives. An ALLOW policy without rules admits nothing. */
  readonly rules: readonly PolicyRule[];
}

export interface PolicyRule {
  /** Alternatives; empty means any source. */
  readonly from: readonly PolicySource[];
  /** Alternatives; empty means any operation. */
  readonly to: readonly PolicyOperation[];
  /** All must hold. */
  readonly when: readonly PolicyCondition[];
}

export interface PolicySource {
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  readonly requestPrincipals?: readonly string[];
  readonly notRequestPrincipals?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly notNamespaces?: readonly string[];
  /** Members that the model does not know, such as `ipBlocks`. */
  readonly unsupported?: readonly string[];
}

export interface PolicyOperation {
  readonly hosts?: readonly string[];
  readonly notHosts?: readonly string[];
  readonly methods?: readonly string[];
  readonly notMethods?: readonly string[];
  /** Istio form: exact, `prefix*`, `*suffix`, `*`, or a template with `{*}` and `{**}`. */
  readonly paths?: readonly string[];
  readonly notPaths?: readonly string[];
  readonly ports?: readonly string[];
  /** Members that the model does not know. */
  readonly unsupported?: readonly string[];
}

export interface PolicyCondition {
  /** `request.auth.claims[scope]` and the like. */
  readonly key: string;
  readonly values?: readonly string[];
  readonly notValues?: readonly string[];
}
