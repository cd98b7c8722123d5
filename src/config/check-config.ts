import { issuerProblems, xsuaaIssuer, type TrustedIssuer } from '../model/issuer';
import { isDnsLabel } from '../model/names';
import { closest } from '../model/closest';
import type { JsonPath } from '../model/json';
import { compileAccess } from './compile-access';
import type { Finding } from './describe-issue';
import { exposuresOf } from './exposures';
import { looksSecret } from './find-secrets';
import type { LockEntry } from './lock-file';
import { isPlatformNamespace } from './namespaces';
import { orderFindings, preflightFindings } from './rule-findings';
import type { Config } from './schema';
import type { IssuerConfig } from './schema-issuers';
import { verificationFindings } from './check-verification';

/** What is known beside the configuration itself. */
export interface CheckContext {
  /** Entries of the lock file for this environment. */
  readonly lock: Readonly<Record<string, LockEntry>>;
  /** Names of issuers that are declared, even if their declaration is wrong, so that one mistake is told once. */
  readonly declared: readonly string[];
}

/** What no single value shows: names that lead nowhere, two of a kind, demands that void each other. */
export function checkConfig(config: Config, context: CheckContext): Finding[] {
  return [
    ...issuerFindings(config, context),
    ...bindingFindings(config, context),
    ...serviceFindings(config),
    ...namespaceFindings(config),
    ...environmentVariableFindings(config),
    ...holdFindings(config, context),
    ...exposureFindings(config, context),
    ...verificationFindings(config, context.declared),
  ];
}

function issuerFindings({ issuers = {} }: Config, { lock }: CheckContext): Finding[] {
  const findings: Finding[] = [];
  const seen = new Map<string, string>();
  const instances = new Map<string, string>();
  for (const [name, issuer] of Object.entries(issuers)) {
    const path = ['issuers', name];
    const trusted = trustedOf(issuer, lock[name]);
    if (trusted) findings.push(...issuerProblems(trusted).map((message) => ({ path, message })));
    const twin = trusted && seen.get(trusted.issuer);
    if (twin !== undefined) findings.push({ path, message: `trusts the same issuer string as ${twin}; declare it once` });
    if (trusted) seen.set(trusted.issuer, name);
    if (issuer.kind !== 'xsuaa') continue;
    const instance = `${issuer.namespace}/${issuer.name ?? name}`;
    if (instances.has(instance))
      findings.push({ path, message: `is the same ServiceInstance ${instance} as ${instances.get(instance) ?? ''}; give another name` });
    instances.set(instance, name);
    findings.push(...urlFindings(name, issuer.url, lock[name]));
  }
  return findings;
}

/** Who an issuer is, or undefined while nobody knows. */
export function trustedOf(issuer: IssuerConfig, lock: LockEntry | undefined): TrustedIssuer | undefined {
  if (issuer.kind === 'oidc') {
    const { issuer: text, jwksUri, fromHeaders, fromParams } = issuer;
    const headers = fromHeaders?.map(({ name, prefix }) => ({ name, ...(prefix !== undefined && { prefix }) }));
    return { issuer: text, jwksUri, ...(headers && { fromHeaders: headers }), ...(fromParams && { fromParams }) };
  }
  if (lock) return { issuer: lock.issuer, jwksUri: lock.jwksUri };
  return issuer.url === undefined ? undefined : xsuaaIssuer(issuer.url);
}

function urlFindings(name: string, url: string | undefined, lock: LockEntry | undefined): Finding[] {
  if (url === undefined || !lock || xsuaaIssuer(url).jwksUri === lock.jwksUri) return [];
  return [
    {
      path: ['issuers', name, 'url'],
      message: `has its keys at ${xsuaaIssuer(url).jwksUri}, but the lock file says ${lock.jwksUri}; remove url, or run kyma-guard lock again`,
    },
  ];
}

function bindingFindings({ functions = {}, issuers = {} }: Config, { declared }: CheckContext): Finding[] {
  return Object.entries(functions).flatMap(([name, { bindings = [], namespace }]) =>
    bindings.flatMap((binding, index): Finding[] => {
      const path = ['functions', name, 'bindings', index];
      const issuer = issuers[binding];
      if (!issuer) return declared.includes(binding) ? [] : [unknownIssuer(path, binding, declared)];
      if (issuer.kind !== 'xsuaa') return [{ path, message: `names ${binding}, which has no credentials to mount; name an XSUAA issuer` }];
      if (issuer.namespace === namespace) return [];
      return [
        { path, message: `names ${binding}, whose Secret is in namespace ${issuer.namespace}; Pods in ${namespace} cannot mount it` },
      ];
    }),
  );
}

function serviceFindings({ services = {} }: Config): Finding[] {
  return Object.entries(services).flatMap(([name, { selector, baseline }]): Finding[] => {
    if (baseline === 'none' || Object.keys(selector ?? {}).length > 0) return [];
    const message =
      'is missing; give the labels of the Pods, so that they are closed until the API rule lets callers in, or say baseline: none';
    return [{ path: ['services', name, 'selector'], message }];
  });
}

function namespaceFindings({ namespaces = {} }: Config): Finding[] {
  return Object.entries(namespaces).flatMap(([name, mode]) =>
    mode === 'managed' && isPlatformNamespace(name)
      ? [{ path: ['namespaces', name], message: 'belongs to the platform; give existing' }]
      : [],
  );
}

function environmentVariableFindings({ functions = {} }: Config): Finding[] {
  return Object.entries(functions).flatMap(([name, { env = {} }]) =>
    Object.entries(env).flatMap(([variable, value]): Finding[] => {
      if (typeof value !== 'string' || !looksSecret(variable)) return [];
      const message = 'looks like a secret, and secrets do not belong in this file; give { secret: { name: SECRET, key: KEY } }';
      return [{ path: ['functions', name, 'env', variable], message }];
    }),
  );
}

function holdFindings({ hold = [], issuers = {} }: Config, { lock, declared }: CheckContext): Finding[] {
  return hold.flatMap((name, index): Finding[] => {
    const path = ['hold', index];
    if (!declared.includes(name)) return [unknownIssuer(path, name, declared)];
    if (issuers[name]?.kind === 'oidc') return [{ path, message: `holds ${name}, which is known already; remove it` }];
    return lock[name] ? [{ path, message: `holds ${name}, which the lock file knows; remove it, so that its API rules are written` }] : [];
  });
}

function exposureFindings(config: Config, context: CheckContext): Finding[] {
  const findings: Finding[] = [];
  const hosts = new Map<string, string>();
  const names = new Set<string>();
  for (const { expose, host, name, namespace, workload, kind, path } of exposuresOf(config)) {
    const other = hosts.get(host);
    if (other !== undefined)
      findings.push({
        path: [...path, 'host'],
        message: `is ${expose.host}, where ${other} is already; give each API rule a host of its own`,
      });
    hosts.set(host, `${kind} ${workload}`);
    if (!isDnsLabel(name)) findings.push({ path, message: `its APIRule would be called ${name}, longer than 63 characters; give a name` });
    if (names.has(`${namespace}/${name}`))
      findings.push({ path, message: `its APIRule would be called ${name}, as another in ${namespace}; give a name` });
    names.add(`${namespace}/${name}`);
    findings.push(...orderFindings(expose, path), ...preflightFindings(expose, path));
    for (const [index, rule] of expose.rules.entries()) {
      const at = [...path, 'rules', index];
      const unknown = issuerNames(rule.access).filter(([issuer]) => !context.declared.includes(issuer));
      findings.push(...unknown.map(([issuer, where]) => unknownIssuer([...at, ...where], issuer, context.declared)));
      const compiled = compileAccess(rule.access, { issuers: config.issuers ?? {}, lock: context.lock });
      // An issuer whose own declaration is wrong is missing here: what follows from that would only distract.
      if (Object.keys(config.issuers ?? {}).length === context.declared.length)
        findings.push(...compiled.findings.map((finding) => ({ ...finding, path: [...at, ...finding.path] })));
    }
  }
  return findings;
}

function issuerNames(access: Parameters<typeof compileAccess>[0]): (readonly [string, JsonPath])[] {
  if (access === undefined || access === 'public') return [];
  return (access.jwt.issuers ?? []).map((entry, index) => {
    const path = ['access', 'jwt', 'issuers', index];
    return typeof entry === 'string' ? ([entry, path] as const) : ([entry.issuer, [...path, 'issuer']] as const);
  });
}

function unknownIssuer(path: JsonPath, name: string, declared: readonly string[]): Finding {
  const near = closest(name, declared);
  const hint =
    near === undefined
      ? declared.length > 0
        ? `known are ${declared.join(', ')}`
        : 'none is declared under issuers'
      : `did you mean ${near}?`;
  return { path, message: `names the issuer ${JSON.stringify(name)}, which is not declared; ${hint}` };
}
