import { placeIn, type Environment } from '../config/environment';
import type { LockEntry } from '../config/lock-file';
import { checkResult, type CheckResult } from '../model/check-result';

/** Key, discovery document and token do not fit together. */
export function contradiction(message: string, environment: Environment, issuer: string): CheckResult {
  return checkResult({
    id: 'lock-contradiction',
    status: 'fail',
    severity: 'high',
    title: 'Service key, discovery and token agree',
    message,
    where: placeIn(environment, ['issuers', issuer]),
  });
}

/** The entry was recorded as the live issuer says it. */
export function locked({ learnt }: LockEntry, file: string, issuer: string, environment: Environment): CheckResult {
  const message = `knows ${nameOf(issuer, environment)}: issuer from ${learnt.issuer}, keys from ${learnt.jwksUri}`;
  return checkResult({ id: 'lock-written', status: 'pass', severity: 'info', title: 'The instance is recorded', message, where: { file } });
}

/** The entry was recorded without asking anybody. */
export function derived(file: string, issuer: string, environment: Environment): CheckResult {
  return checkResult({
    id: 'lock-derived',
    status: 'warn',
    severity: 'medium',
    title: 'The live issuer confirmed the lock entry',
    message: `knows ${nameOf(issuer, environment)} from the service key alone: nobody was asked (--offline), and if its tokens say otherwise, the gateway refuses them all`,
    fix: 'Run kyma-guard lock again, without --offline, where the issuer can be reached.',
    where: { file },
  });
}

/** Nobody answered, so nobody knows; nothing was recorded. */
export function unconfirmed(reasons: readonly string[], environment: Environment, issuer: string): CheckResult {
  return checkResult({
    id: 'lock-unconfirmed',
    status: 'error',
    severity: 'high',
    title: 'The live issuer confirmed the lock entry',
    message: `could not be asked live, so nothing was written: ${reasons.join('; ')}`,
    fix: `Run it where the issuer can be reached, or say kyma-guard lock ${issuer}${environment.name === undefined ? '' : ` --env ${environment.name}`} --offline to record what the service key lets derive.`,
    where: placeIn(environment, ['issuers', issuer]),
  });
}

function nameOf(issuer: string, { name }: Environment): string {
  return name === undefined ? issuer : `${issuer} in ${name}`;
}
