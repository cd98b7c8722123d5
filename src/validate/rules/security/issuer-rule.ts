import type { Severity } from '../../../model/check-result';
import type { ObjectRule, RuleFacts } from '../../rule';
import { issuersOf, kindsWithIssuers, type TokenIssuer } from './token-rules-of';

/** What is wrong with one issuer. */
export interface IssuerFault {
  /** The member that is wrong; the whole entry when absent. */
  readonly member?: string;
  readonly message: string;
  readonly severity?: Severity;
  readonly fix?: string;
}

/** A rule that judges every trusted issuer by itself, in APIRules and in hand-made RequestAuthentications. */
export function issuerRule(facts: Omit<RuleFacts, 'layer'>, judge: (issuer: TokenIssuer) => IssuerFault | undefined): ObjectRule {
  return {
    ...facts,
    layer: 'security',
    kinds: kindsWithIssuers,
    check: ({ manifest }) =>
      issuersOf(manifest).flatMap((issuer) => {
        const fault = judge(issuer);
        if (!fault) return [];
        const { member, ...said } = fault;
        return [{ manifest, path: member === undefined ? issuer.path : [...issuer.path, member], ...said }];
      }),
  };
}
