import { placeIn, type Environment } from '../config/environment';
import { exposuresOf, type Exposure } from '../config/exposures';
import { checkResult, type CheckResult } from '../model/check-result';
import { closest } from '../model/closest';
import { UsageError } from '../model/errors';
import { missingIssuers } from './access-rules';
import { issuerSecrets, lockCommand } from './issuer-secrets';
import { verificationArguments } from './verification-arguments';

/** An API rule that is left out, because nobody knows yet which tokens it should accept. */
export interface HeldRule {
  readonly environment: string | undefined;
  readonly namespace: string;
  readonly name: string;
  readonly issuers: readonly string[];
}

/** Which API rules of an environment are left out, and what speaks against writing the rest. */
export interface Holds {
  readonly held: readonly HeldRule[];
  /** Failures: an issuer is unknown, and nobody said that its API rules may be left out. */
  readonly results: readonly CheckResult[];
  readonly isWritten: (exposure: Exposure) => boolean;
}

/** @param hold names given on the command line, besides those that the configuration holds */
export function holdsOf(environment: Environment, hold: readonly string[]): Holds {
  const allowed = new Set([...hold, ...(environment.config.hold ?? [])]);
  const held: HeldRule[] = [];
  const unknown = new Map<string, string[]>();
  const left = new Set<string>();
  for (const exposure of exposuresOf(environment.config)) {
    const issuers = missingIssuers(exposure.expose, environment);
    if (issuers.length === 0) continue;
    const { namespace, name } = exposure;
    left.add(`${namespace}/${name}`);
    for (const issuer of issuers) if (!allowed.has(issuer)) unknown.set(issuer, [...(unknown.get(issuer) ?? []), `${namespace}/${name}`]);
    if (issuers.every((issuer) => allowed.has(issuer))) held.push({ environment: environment.name, namespace, name, issuers });
  }
  const results = [...unknown].map(([issuer, rules]) => missing(issuer, rules, environment));
  return { held, results, isWritten: ({ namespace, name }) => !left.has(`${namespace}/${name}`) };
}

function missing(issuer: string, rules: readonly string[], environment: Environment): CheckResult {
  const { name } = environment;
  const env = name === undefined ? '' : ` --env ${name}`;
  const shown = rules.length > 4 ? `${rules.slice(0, 4).join(', ')} and ${rules.length - 4} more` : rules.join(', ');
  return checkResult({
    id: 'lock-missing',
    status: 'fail',
    severity: 'high',
    title: 'Every trusted issuer is known',
    message: `the lock file does not know ${issuer}${name === undefined ? '' : ` in ${name}`}, which ${shown} trust${rules.length === 1 ? 's' : ''}; nothing was written, because an API rule that is left out would vanish from the cluster`,
    fix: `Run ${lockCommandOf(environment, issuer)}, or, before the instance exists, kyma-guard synth${env} --hold ${issuer}.`,
    where: placeIn(environment, ['issuers', issuer]),
  });
}

/** The command that records an issuer, with the Secret that the operator makes for it. */
function lockCommandOf(environment: Environment, issuer: string): string {
  const secret = issuerSecrets(environment).find((candidate) => candidate.issuer === issuer);
  return secret ? lockCommand(secret) : 'kyma-guard lock';
}

/** Names what is left out, so that nobody takes a closed workload for a mistake. */
export function heldResults(held: readonly HeldRule[]): CheckResult[] {
  return held.map(({ environment, namespace, name, issuers }) =>
    checkResult({
      id: 'api-rule-held',
      status: 'skip',
      severity: 'info',
      title: 'API rules wait until their issuers are known',
      message: `is held${environment === undefined ? '' : ` in ${environment}`}: nobody knows ${issuers.join(' and ')} yet, and the workload stays closed`,
      fix: `Deploy instance and binding, run kyma-guard lock${environment === undefined ? '' : ` --env ${environment}`}, then synth again.`,
      where: { object: `APIRule ${namespace}/${name}`, ...(environment !== undefined && { path: `environments.${environment}` }) },
    }),
  );
}

/** Tells that there is no verification yet, because there is nothing to verify. */
export function heldVerification({ name, config }: Environment, held: readonly HeldRule[]): CheckResult[] {
  const own = new Set(held.flatMap((rule) => (rule.environment === name ? [`${rule.namespace}/${rule.name}`] : [])));
  if (!config.verification || own.size === 0) return [];
  const written = [...exposuresOf(config)].filter((exposure) => !own.has(`${exposure.namespace}/${exposure.name}`));
  if (verificationArguments(config.verification, written)) return [];
  return [
    checkResult({
      id: 'verification-held',
      status: 'skip',
      severity: 'info',
      title: 'API rules wait until their issuers are known',
      message: `is held${name === undefined ? '' : ` in ${name}`}, because every API rule ${written.length === 0 ? '' : 'that it names '}is`,
      where: { object: `Job ${config.verification.namespace}/${config.verification.name}` },
    }),
  ];
}

/**
 * Checks the names given with `--hold`.
 * @throws {UsageError} ERR_USAGE when one is no XSUAA issuer, or is known in every environment of the call
 */
export function checkHold(environments: readonly Environment[], hold: readonly string[]): void {
  for (const name of hold) {
    const declared = environments.flatMap(({ config }) => Object.keys(config.issuers ?? {}));
    const near = closest(name, declared);
    if (!declared.includes(name))
      throw new UsageError(
        `--hold names the issuer ${JSON.stringify(name)}, which is not declared${near === undefined ? '' : `; did you mean ${near}?`}`,
      );
    const declaring = environments.filter(({ config }) => config.issuers?.[name]?.kind === 'xsuaa');
    if (declaring.length === 0)
      throw new UsageError(
        `--hold names ${name}, which is no XSUAA issuer: what an issuer of kind oidc needs stands in the configuration, so it never waits`,
        'Leave it out.',
      );
    if (declaring.every(({ lock }) => lock[name]))
      throw new UsageError(knownAlready(name, declaring), 'Leave it out, so that its API rules are written.');
  }
}

function knownAlready(issuer: string, environments: readonly Environment[]): string {
  const names = environments.flatMap(({ name }) => name ?? []);
  return `--hold names ${issuer}, which the lock file knows already${names.length === 0 ? '' : ` in ${names.join(' and ')}`}`;
}
