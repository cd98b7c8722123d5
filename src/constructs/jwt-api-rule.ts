import { Construct } from 'constructs';
import { apiRuleProblems } from '../model/api-rule-checks';
import type { JsonObject } from '../model/json';
import { unsuffixedScopeProblems } from '../model/jwt-checks';
import type { AccessRuleProps, CorsProps, JwtIssuer } from './access-rule';
import { accessRuleSpec, callerProblems, corsSpec } from './access-rule-spec';
import { ApiRule, type ApiRuleSpec } from './bindings';
import { ClosedBaseline } from './closed-baseline';
import { inWave, type ObjectMetadata } from './object-metadata';
import { reportProblems } from './report-problems';

/** Gateway that every Kyma cluster has. */
export const defaultGateway = 'kyma-system/kyma-gateway';

/** Properties of {@link JwtApiRule}. */
export interface JwtApiRuleProps {
  /** At most 63 characters, because the name labels the Istio objects. */
  readonly metadata: ObjectMetadata;
  /** Host label (`orders`) or full name. A label is completed with the gateway's domain. */
  readonly host: string;
  /** `namespace/name` of the Gateway. @default 'kyma-system/kyma-gateway' */
  readonly gateway?: string;
  /** Receives what the gateway lets through. `namespace` defaults to the one of the API rule. */
  readonly service: { readonly name: string; readonly port: number; readonly namespace?: string };
  /** In order: the first one that fits a request decides. */
  readonly rules: readonly AccessRuleProps[];
  /** Trusted by every rule without its own `access`. @default - each rule names its own */
  readonly issuers?: readonly JwtIssuer[];
  /** @default - no CORS, browsers of other origins are refused */
  readonly cors?: CorsProps;
  /** How long the gateway waits for the service, in whole seconds, 1 to 3900. @default 180 */
  readonly timeoutSeconds?: number;
  /** Labels of the Pods behind the service; the closed baseline needs them. @default - none, which only `baseline: 'none'` admits */
  readonly selector?: Readonly<Record<string, string>>;
  /** `'closed'` refuses every request until the policies of the API rule stand. @default 'closed' */
  readonly baseline?: 'closed' | 'none';
}

/** Exposes one Service; a request that no rule admits never reaches it. */
export class JwtApiRule extends Construct {
  private readonly object: ApiRule;

  /** @throws {TypeError} when the closed baseline lacks its `selector` */
  constructor(scope: Construct, id: string, props: JwtApiRuleProps) {
    super(scope, id);
    const resource = new ApiRule(this, 'Resource', { metadata: inWave('apiRule', props.metadata), spec: apiRuleSpec(props) });
    this.object = resource;
    const appNames = [...(props.issuers ?? []), ...props.rules.flatMap(issuersOf)].flatMap(({ declaredAppName }) => declaredAppName ?? []);
    reportProblems(this, resource, (body) => [
      ...callerProblems(apiRuleProblems(body), props.rules, props.issuers),
      ...unsuffixedScopeProblems(body, appNames),
    ]);
    if (props.baseline !== 'none') this.addBaseline(props);
  }

  /** The APIRule as it will be written, for what else needs it: a {@link VerificationJob}. */
  toJson(): JsonObject {
    return this.object.toJson() as JsonObject;
  }

  private addBaseline({ metadata, service, selector }: JwtApiRuleProps): void {
    if (selector === undefined)
      throw new TypeError(`API rule ${metadata.name} needs the selector of its service to close it; give selector, or baseline 'none'`);
    const namespace = service.namespace ?? metadata.namespace;
    new ClosedBaseline(this, 'Baseline', { metadata: { name: `${metadata.name}-closed`, namespace }, selector });
  }
}

function issuersOf({ access }: AccessRuleProps): readonly JwtIssuer[] {
  return access === undefined || access === 'public' ? [] : access.issuers;
}

function apiRuleSpec(props: JwtApiRuleProps): ApiRuleSpec {
  return {
    hosts: [props.host],
    gateway: props.gateway ?? defaultGateway,
    service: { ...props.service },
    rules: props.rules.map((rule) => accessRuleSpec(rule, props.issuers)),
    ...(props.cors && { corsPolicy: corsSpec(props.cors) }),
    ...(props.timeoutSeconds !== undefined && { timeout: props.timeoutSeconds }),
  };
}
