import { placeIn, type Environment } from '../config/environment';
import { isDerived } from '../config/lock-file';
import { checkResult, type CheckResult } from '../model/check-result';

/** Names the issuers that the lock file knows only by derivation: if their tokens say otherwise, the gateway refuses them all. */
export function derivedLocks(environment: Environment): CheckResult[] {
  const { name, config, lock } = environment;
  return Object.keys(config.issuers ?? {}).flatMap((issuer) => {
    const entry = lock[issuer];
    if (!entry || !isDerived(entry)) return [];
    const env = name === undefined ? '' : ` in ${name}`;
    return checkResult({
      id: 'lock-derived',
      status: 'warn',
      severity: 'medium',
      title: 'The live issuer confirmed the lock entry',
      message: `the lock file knows ${issuer}${env} by derivation only; the live issuer never confirmed it`,
      fix: `Run kyma-guard lock ${issuer}${name === undefined ? '' : ` --env ${name}`} --credentials PATH where the issuer can be reached.`,
      where: placeIn(environment, ['issuers', issuer]),
    });
  });
}
