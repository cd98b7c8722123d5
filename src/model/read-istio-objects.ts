import type { ClusterProblem } from './cluster-problem';
import { groupOf } from './duplicate-objects';
import { FieldReader, type FieldProblem } from './field-reader';
import type { AuthorizationPolicy, IstioObjects, JwtRule, RequestAuthentication, VirtualService } from './istio';
import { formatJsonPath } from './json';
import type { Manifest } from './manifest';
import { namespaceOf } from './object-ref';
import { readPolicyRules } from './read-policy-rules';
import { readVirtualService } from './read-virtual-service';
import type { ServiceIndex } from './service-workload';

/** Label prefix by which the controller marks what it made. */
const ownerLabel = 'apirule.gateway.kyma-project.io/';

/** Istio objects of an input, and what could not be read of them. */
export interface ReadIstioObjects {
  readonly objects: IstioObjects;
  /** APIRules (`namespace/name`) that own both a VirtualService and an AuthorizationPolicy of the input. */
  readonly realized: ReadonlySet<string>;
  /** APIRule (`namespace/name`) that the labels of an object name. */
  readonly owners: ReadonlyMap<object, string>;
  readonly problems: ClusterProblem[];
}

/** Reads VirtualServices, RequestAuthentications and AuthorizationPolicies, whoever made them. */
export function readIstioObjects(manifests: readonly Manifest[], services: ServiceIndex): ReadIstioObjects {
  const problems: ClusterProblem[] = [];
  const owners = { VirtualService: new Set<string>(), AuthorizationPolicy: new Set<string>() };
  const virtualServices: VirtualService[] = [];
  const requestAuthentications: RequestAuthentication[] = [];
  const authorizationPolicies: AuthorizationPolicy[] = [];
  const ownerOfObject = new Map<object, string>();
  for (const manifest of manifests) {
    const kind = istioKind(manifest);
    if (!kind) continue;
    const fields: FieldProblem[] = [];
    const spec = new FieldReader(manifest.body, [], fields).at('spec');
    const owner = ownerOf(manifest);
    if (owner !== undefined && kind !== 'RequestAuthentication') owners[kind].add(owner);
    const own = <T extends object>(list: T[], object: T): void => {
      list.push(object);
      if (owner !== undefined) ownerOfObject.set(object, owner);
    };
    if (kind === 'VirtualService') own(virtualServices, readVirtualService(manifest, spec, owner, services));
    else if (kind === 'RequestAuthentication') own(requestAuthentications, readRequestAuthentication(manifest, spec));
    else own(authorizationPolicies, readAuthorizationPolicy(manifest, spec));
    problems.push(...fields.map((problem) => unreadable(manifest, problem)));
  }
  const realized = new Set([...owners.VirtualService].filter((owner) => owners.AuthorizationPolicy.has(owner)));
  return { objects: { virtualServices, requestAuthentications, authorizationPolicies }, realized, owners: ownerOfObject, problems };
}

function istioKind(manifest: Manifest): 'VirtualService' | 'RequestAuthentication' | 'AuthorizationPolicy' | undefined {
  const { kind } = manifest;
  if (kind === 'VirtualService') return groupOf(manifest) === 'networking.istio.io' ? kind : undefined;
  if (kind !== 'RequestAuthentication' && kind !== 'AuthorizationPolicy') return undefined;
  return groupOf(manifest) === 'security.istio.io' ? kind : undefined;
}

function ownerOf(manifest: Manifest): string | undefined {
  const name = manifest.labels[`${ownerLabel}name`];
  const namespace = manifest.labels[`${ownerLabel}namespace`];
  return name !== undefined && namespace !== undefined ? `${namespace}/${name}` : undefined;
}

function readRequestAuthentication(manifest: Manifest, spec: FieldReader): RequestAuthentication {
  refuseTargets(spec);
  return {
    namespace: namespaceOf(manifest),
    name: manifest.name,
    selector: spec.at('selector').at('matchLabels').textMap(),
    jwtRules: spec.at('jwtRules').list().map(readJwtRule),
  };
}

function readJwtRule(rule: FieldReader): JwtRule {
  for (const member of ['audiences', 'fromCookies']) {
    if (!rule.at(member).absent) rule.at(member).problem('is not known to the model; decisions leave it out');
  }
  const jwks = rule.at('jwks').text();
  return {
    issuer: rule.at('issuer').requiredText(),
    jwksUri: rule.at('jwksUri').text() ?? '',
    ...(jwks === undefined ? {} : { jwks }),
    fromHeaders: rule.at('fromHeaders').list().map(readHeader),
    fromParams: rule.at('fromParams').texts(),
  };
}

function readHeader(header: FieldReader): { readonly name: string; readonly prefix?: string } {
  const prefix = header.at('prefix').text();
  return { name: header.at('name').requiredText(), ...(prefix === undefined ? {} : { prefix }) };
}

function readAuthorizationPolicy(manifest: Manifest, spec: FieldReader): AuthorizationPolicy {
  refuseTargets(spec);
  const provider = spec.at('provider').at('name').text();
  return {
    namespace: namespaceOf(manifest),
    name: manifest.name,
    selector: spec.at('selector').at('matchLabels').textMap(),
    // What a policy for a dry run decides is only written to the log.
    action: isDryRun(manifest) ? 'AUDIT' : readAction(spec.at('action')),
    ...(provider === undefined ? {} : { provider }),
    rules: readPolicyRules(spec.at('rules')),
  };
}

/** @see Istio documentation, Authorization, Dry Run */
export function isDryRun({ annotations }: Pick<Manifest, 'annotations'>): boolean {
  return annotations['istio.io/dry-run'] === 'true';
}

function readAction(action: FieldReader): AuthorizationPolicy['action'] {
  const text = action.text() ?? 'ALLOW';
  if (text === 'ALLOW' || text === 'DENY' || text === 'CUSTOM' || text === 'AUDIT') return text;
  action.problem(`is ${JSON.stringify(text)}; give ALLOW, DENY, CUSTOM or AUDIT`);
  // An unknown action is refused by the API server; AUDIT is the one that changes no decision.
  return 'AUDIT';
}

function refuseTargets(spec: FieldReader): void {
  for (const member of ['targetRef', 'targetRefs']) {
    if (!spec.at(member).absent) spec.at(member).problem('is not known to the model, which reads selectors only');
  }
}

function unreadable(manifest: Manifest, { path, message }: FieldProblem): ClusterProblem {
  return { id: 'istio-object-form', manifest, path, message: `${formatJsonPath(path)} ${message}` };
}
