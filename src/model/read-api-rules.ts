import type { AccessStrategy, ApiRule, Authentication, Authorization, CorsPolicy, JwtConfig, Rule, ServiceRef } from './api-rule';
import type { CheckResult } from './check-result';
import { clusterProblemResult, type ClusterProblem } from './cluster-problem';
import { duplicateProblems } from './duplicate-objects';
import { FieldReader, type FieldProblem } from './field-reader';
import { formatJsonPath } from './json';
import type { Manifest } from './manifest';
import { namespaceOf, objectRef } from './object-ref';

const group = 'gateway.kyma-project.io';
const served = new Set([`${group}/v2`, `${group}/v2alpha1`]);

/** True for an APIRule of any version, served or not. */
export function isApiRule(manifest: Manifest): boolean {
  return manifest.kind === 'APIRule' && manifest.apiVersion.startsWith(`${group}/`);
}

/**
 * Reads the APIRules of versions v2 and v2alpha1. One that the API server would refuse for its types, one of a version
 * that is no longer served, and one that is there twice are `fail` results; a refused one is not among the APIRules.
 */
export function readApiRules(manifests: readonly Manifest[]): { apiRules: ApiRule[]; problems: CheckResult[] } {
  const { apiRules, found } = findApiRules(manifests);
  return { apiRules, problems: found.map(clusterProblemResult) };
}

/** Reads APIRules like {@link readApiRules}; problems come with the object they are in. */
export function findApiRules(manifests: readonly Manifest[]): { apiRules: ApiRule[]; found: ClusterProblem[] } {
  const candidates = manifests.filter(isApiRule);
  const apiRules: ApiRule[] = [];
  const found = duplicateProblems(candidates);
  for (const manifest of candidates) {
    if (!served.has(manifest.apiVersion)) {
      found.push(deadVersion(manifest));
      continue;
    }
    const fieldProblems: FieldProblem[] = [];
    const apiRule = readApiRule(manifest, fieldProblems);
    if (fieldProblems.length === 0) apiRules.push(apiRule);
    else found.push(...fieldProblems.map((problem) => wrongType(manifest, problem)));
  }
  return { apiRules, found };
}

function readApiRule(manifest: Manifest, problems: FieldProblem[]): ApiRule {
  const spec = new FieldReader(manifest.body, [], problems).at('spec');
  const rules = spec.at('rules');
  if (rules.absent || rules.list().length === 0) rules.problem('is empty; give at least one rule');
  if (spec.at('hosts').absent) spec.at('hosts').problem('is missing; give one host');
  return {
    namespace: namespaceOf(manifest),
    name: manifest.name,
    hosts: spec.at('hosts').texts(),
    ...given('gateway', spec.at('gateway').text()),
    ...given('externalGateway', spec.at('externalGateway').text()),
    ...given('service', readService(spec.at('service'))),
    ...given('corsPolicy', readCors(spec.at('corsPolicy'))),
    ...given('timeoutSeconds', spec.at('timeout').integer()),
    rules: rules.list().map(readRule),
    manifest,
  };
}

function readRule(rule: FieldReader): Rule {
  const methods = rule.at('methods');
  if (methods.absent || methods.list().length === 0) methods.problem('is empty; give at least one method');
  const request = rule.at('request');
  return {
    path: rule.at('path').requiredText(),
    methods: methods.texts(),
    access: readAccess(rule),
    ...given('service', readService(rule.at('service'))),
    ...given('timeoutSeconds', rule.at('timeout').integer()),
    ...given('request', request.object() && { headers: request.at('headers').textMap(), cookies: request.at('cookies').textMap() }),
  };
}

function readAccess(rule: FieldReader): AccessStrategy {
  const found: AccessStrategy[] = [];
  if (rule.at('noAuth').boolean() === true) found.push({ kind: 'noAuth' });
  const jwt = readJwt(rule.at('jwt'));
  if (jwt) found.push({ kind: 'jwt', jwt });
  const extAuth = rule.at('extAuth');
  if (extAuth.object()) {
    const authorizers = extAuth.at('authorizers');
    if (authorizers.absent) authorizers.problem('is missing; name at least one authorizer');
    const restrictions = readJwt(extAuth.at('restrictions'));
    found.push({ kind: 'extAuth', authorizers: authorizers.texts(), ...given('restrictions', restrictions) });
  }
  const [only, ...more] = found;
  if (only && more.length === 0) return only;
  rule.problem(
    only ? 'has several access strategies; give one of noAuth, jwt and extAuth' : 'has no access strategy; give noAuth, jwt or extAuth',
  );
  return { kind: 'jwt', jwt: { authentications: [], authorizations: [] } };
}

function readJwt(jwt: FieldReader): JwtConfig | undefined {
  if (!jwt.object()) return undefined;
  return {
    authentications: jwt.at('authentications').list().map(readAuthentication),
    authorizations: jwt.at('authorizations').list().map(readAuthorization),
  };
}

function readAuthentication(entry: FieldReader): Authentication {
  const headers = entry.at('fromHeaders').list();
  const params = entry.at('fromParams').texts();
  return {
    issuer: entry.at('issuer').requiredText(),
    jwksUri: entry.at('jwksUri').requiredText(),
    ...(headers.length > 0
      ? {
          fromHeaders: headers.map((header) => ({
            name: header.at('name').requiredText(),
            ...given('prefix', header.at('prefix').text()),
          })),
        }
      : {}),
    ...(params.length > 0 ? { fromParams: params } : {}),
  };
}

function readAuthorization(entry: FieldReader): Authorization {
  entry.object();
  return { requiredScopes: entry.at('requiredScopes').texts(), audiences: entry.at('audiences').texts() };
}

function readService(service: FieldReader): ServiceRef | undefined {
  if (!service.object()) return undefined;
  const port = service.at('port');
  if (port.absent) port.problem('is missing; give a port from 1 to 65535');
  return { name: service.at('name').requiredText(), port: port.integer() ?? 0, ...given('namespace', service.at('namespace').text()) };
}

function readCors(cors: FieldReader): CorsPolicy | undefined {
  if (!cors.object()) return undefined;
  return {
    allowOrigins: cors.at('allowOrigins').list().flatMap(readOrigins),
    allowMethods: cors.at('allowMethods').texts(),
    allowHeaders: cors.at('allowHeaders').texts(),
    exposeHeaders: cors.at('exposeHeaders').texts(),
    ...given('allowCredentials', cors.at('allowCredentials').boolean()),
    ...given('maxAgeSeconds', cors.at('maxAge').integer()),
  };
}

function readOrigins(entry: FieldReader): CorsPolicy['allowOrigins'] {
  // Any key beside `exact` and `regex` is a prefix: the controller does not refuse unknown ones.
  return Object.entries(entry.textMap()).map(([key, value]) => ({ match: key === 'exact' || key === 'regex' ? key : 'prefix', value }));
}

/** An optional member: there only when it has a value, as `exactOptionalPropertyTypes` wants it. */
function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]: V });
}

function deadVersion(manifest: Manifest): ClusterProblem {
  return {
    id: 'api-rule-dead-version',
    manifest,
    path: ['apiVersion'],
    message: `${objectRef(manifest)} has version ${JSON.stringify(manifest.apiVersion)}, which Kyma no longer reconciles`,
    fix: `Rewrite it for ${group}/v2.`,
  };
}

function wrongType(manifest: Manifest, { path, message }: FieldProblem): ClusterProblem {
  return { id: 'api-rule-form', manifest, path, message: `${formatJsonPath(path)} ${message}` };
}
