import type { Authentication } from '../model/api-rule';
import { checkResult, type CheckResult, type Where } from '../model/check-result';
import { KymaGuardError } from '../model/errors';
import type { Sender } from '../http/sender';
import { discover } from '../token/discovery';
import { fetchKeys } from '../token/keys';
import type { IssuerAddresses } from '../token/issuer-addresses';
import { allIssuerChecks } from './issuer-checks/all-issuer-checks';
import type { Finding, IssuerFacts } from './issuer-check';
import { askAsStranger } from './stranger-requests';

/** How closely an issuer is looked at. */
export interface Look {
  readonly addresses: IssuerAddresses | undefined;
  /** Its token endpoint, as a credential of the user names it, to ask as a stranger; a text says why it is not known. @default - is not asked */
  readonly tokenEndpoint?: { readonly url: string } | string;
}

/** Looks at an issuer from outside. Trouble becomes text: it is a fact about the deployment. */
export async function lookAtIssuer(sender: Sender, trust: Authentication, { addresses, tokenEndpoint }: Look): Promise<IssuerFacts> {
  const at = addresses?.get(trust.issuer);
  const [discovery, keys, endpoint] = await Promise.all([
    textOnError(discover(sender, trust.issuer, at)),
    textOnError(fetchKeys(sender, trust.jwksUri, at)),
    typeof tokenEndpoint === 'object' ? askAsStranger(sender, tokenEndpoint.url) : tokenEndpoint,
  ]);
  return { trust, discovery, keys, ...(endpoint !== undefined && { endpoint }) };
}

/** Results of all checks of an issuer. */
export function checkIssuer(facts: IssuerFacts, where: Where): CheckResult[] {
  const asked = allIssuerChecks.filter(({ profile }) => profile === undefined || facts.endpoint !== undefined);
  return asked.map(({ id, title, severity, fix, check }) =>
    findingResult({ id, title, severity, where, message: `${facts.trust.issuer}: ${title}` }, check(facts), {
      fix,
      subject: facts.trust.issuer,
    }),
  );
}

/** Turns what a check found into a result; nothing found is a pass. */
export function findingResult(
  base: Pick<CheckResult, 'id' | 'title' | 'severity' | 'where' | 'message'> & Partial<Pick<CheckResult, 'route'>>,
  finding: Finding | undefined,
  { fix, subject }: { fix: string; subject: string },
): CheckResult {
  const docs = `docs/probes.md#${base.id}`;
  if (!finding) return checkResult({ ...base, status: 'pass', docs });
  const { status, severity = base.severity, message, expected, actual } = finding;
  return checkResult({
    ...{ ...base, status, severity, message: `${subject}: ${message}`, docs },
    ...(status === 'skip' ? {} : { fix: finding.fix ?? fix }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  });
}

/** The value, or why there is none. Only errors made on purpose have a text that is fit to be shown. */
export async function textOnError<T>(promise: Promise<T>): Promise<T | string> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof KymaGuardError && error.outcome === 'undecided') return error.message;
    throw error;
  }
}
