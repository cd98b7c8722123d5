import { App, Chart } from 'cdk8s';
import { trustedOf } from '../config/check-config';
import type { Environment } from '../config/environment';
import type { Exposure } from '../config/exposures';
import type { LockEntry } from '../config/lock-file';
import type { XsuaaConfig } from '../config/schema-issuers';
import type { VerificationConfig } from '../config/schema-verification';
import { JwtApiRule } from '../constructs/jwt-api-rule';
import { VerificationJob } from '../constructs/verification-job';
import type { VerificationBinding, VerificationJobProps, VerificationSecret } from '../constructs/verification-props';
import { VerifierBundle } from '../constructs/verifier-bundle';
import type { JsonObject } from '../model/json';
import type { VerifierContent } from '../model/verifier-content';
import { apiRuleProps } from './access-rules';
import { bindingProps } from './construct-props';
import { defined } from './defined';
import type { Unit } from './unit';
import { verificationArguments } from './verification-arguments';

/** The verifier of a run. */
export interface Verifier {
  readonly content: VerifierContent;
  /** True when its ConfigMaps are written, too. */
  readonly isWritten: boolean;
}

/**
 * The verification of an environment: the job with its objects and, if asked for, the ConfigMaps with the verifier. None while there is no API rule
 * to verify, because all of them are held, or all that it asks for.
 */
export function verificationUnits(environment: Environment, exposures: readonly Exposure[], verifier: Verifier | undefined): Unit[] {
  const { verification } = environment.config;
  const args = verification && verificationArguments(verification, exposures);
  if (!verification || !args) return [];
  const { name, namespace } = verification;
  const content = verification.verifier === 'bundle' ? verifier?.content : undefined;
  const common = { namespace, path: ['verification'] };
  const job: Unit = {
    ...{ ...common, name: 'verification' },
    build: (chart) =>
      new VerificationJob(chart, 'Verification', jobProps({ ...verification, args: [...args] }, environment, exposures, content)),
  };
  if (!content || verifier?.isWritten !== true) return [job];
  const bundle: Unit = {
    ...{ ...common, name: 'verifier' },
    build: (chart) => new VerifierBundle(chart, 'Verifier', { metadata: { name, namespace }, content }),
  };
  return [job, bundle];
}

function jobProps(
  verification: VerificationConfig,
  environment: Environment,
  exposures: readonly Exposure[],
  content: VerifierContent | undefined,
): VerificationJobProps {
  const { name, namespace, kind, image, schedule, timeZone, wait, shards, deadlineSeconds, retries, keepSeconds } = verification;
  const { requests, limits } = verification.resources ?? {};
  return {
    metadata: { name, namespace },
    ...{ kind, image, wait, deadlineSeconds, retries },
    ...defined({ schedule, timeZone, shards, keepSeconds }),
    ...(content && { verifier: content }),
    apiRules: apiRules(exposures, environment),
    scope: scopeOf(verification, exposures),
    ...credentialsOf(verification, environment),
    labels: { ...(environment.name !== undefined && { environment: environment.name }), ...verification.labels },
    args: argsOf(verification, environment),
    resources: defined({ requests, limits }),
    ...(verification.network && { network: defined(verification.network) }),
  };
}

/** The hosts, and the addresses that stand for them: a target is judged by where it is. */
function scopeOf({ targets = {} }: VerificationConfig, exposures: readonly Exposure[]): string[] {
  const addresses = Object.values(targets).map((url) => new URL(url).hostname);
  return [...new Set([...exposures.map(({ host }) => host), ...addresses])];
}

/** The same objects as in the units of the workloads, made once more: units know nothing of each other. */
function apiRules(exposures: readonly Exposure[], environment: Environment): JsonObject[] {
  return exposures.map((exposure) => {
    // A chart of its own, so that only the object is kept.
    const chart = new Chart(new App({ outdir: '' }), 'api-rule');
    const { annotations, ...props } = apiRuleProps(exposure, environment);
    const { namespace, name, workload, kind } = exposure;
    const metadata = { name, namespace, ...(annotations && { annotations }) };
    const service = (kind === 'service' ? environment.config.services?.[workload]?.service : undefined) ?? { name: workload, port: 80 };
    return new JwtApiRule(chart, 'ApiRule', { ...props, metadata, service, baseline: 'none' }).toJson();
  });
}

function credentialsOf(
  { credentials }: VerificationConfig,
  { config: { issuers = {} }, lock }: Environment,
): { bindings: VerificationBinding[]; secrets: VerificationSecret[] } {
  const all = Object.entries(issuers).flatMap(([name, { kind }]) => (kind === 'xsuaa' ? [name] : []));
  const bindings: VerificationBinding[] = [];
  const secrets: VerificationSecret[] = [];
  for (const entry of credentials ?? all) {
    const name = typeof entry === 'string' ? entry : entry.issuer;
    const issuer = issuers[name];
    if (typeof entry !== 'string')
      secrets.push({ name, secretName: entry.secret, ...(issuer?.kind === 'oidc' && { issuer: issuer.issuer }) });
    else if (issuer?.kind === 'xsuaa') bindings.push(bindingOf(name, issuer, lock[name]));
  }
  return { bindings, secrets };
}

function bindingOf(name: string, config: XsuaaConfig, entry: LockEntry | undefined): VerificationBinding {
  const { credentials, rotation, x509 } = bindingProps(config);
  const issuer = trustedOf(config, entry)?.issuer;
  return {
    name,
    instance: { name: config.name ?? name, namespace: config.namespace },
    ...defined({ issuer, credentials, rotation, x509 }),
  };
}

/** What the configuration knows in names, in the words of `verify`. */
function argsOf({ profile, targets, issuers, samples, args }: VerificationConfig, { config, lock }: Environment): string[] {
  const pairs = (option: string, values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
  const addresses = Object.entries(issuers ?? {}).flatMap(([name, url]) => {
    const issuer = config.issuers?.[name];
    const trusted = issuer && trustedOf(issuer, lock[name]);
    return trusted ? [[trusted.issuer, url] as const] : [];
  });
  return [
    ...['--profile', profile],
    ...pairs('--target', targets),
    ...pairs('--issuer', Object.fromEntries(addresses)),
    ...pairs('--sample', samples),
    ...(args ?? []),
  ];
}
