import { jwtProblems } from '../../../model/jwt-checks';
import type { Finding, ObjectRule, RuleFacts } from '../../rule';
import { exampleIssuer } from './example-issuer';
import { apiRuleKind, tokenRulesOf } from './token-rules-of';

const [issuer, keys] = ['https://id.example.com/realms/main', 'https://id.example.com/keys'];

export const jwtClaimPattern = claimRule({
  id: 'jwt-claim-pattern',
  severity: 'medium',
  title: 'Scopes and audiences are exact values',
  why: 'A * at the start or the end makes the value a pattern for the gateway: it admits tokens of other applications whose names only begin or end alike.',
  fix: 'Name the exact value; list several authorizations for several values.',
  refs: ['Istio reference, AuthorizationPolicy, Condition, values', 'CWE-185'],
  bad: exampleIssuer(issuer, keys, '[{ audiences: ["orders*"] }]'),
  good: exampleIssuer(issuer, keys, '[{ audiences: ["or*ders"] }]'),
});

export const jwtUnresolvedScope = claimRule({
  id: 'jwt-unresolved-scope',
  severity: 'medium',
  title: 'Scopes and audiences hold no variable of the security descriptor',
  why: 'XSUAA replaces $XSAPPNAME in its own descriptor only. In an APIRule it stays as it is, and no token ever matches.',
  fix: 'Take xsappname out of the binding and write it in full, as in orders!t4711.Read.',
  refs: ['SAP BTP documentation, XSUAA, application security descriptor, xsappname'],
  bad: exampleIssuer(issuer, keys, '[{ requiredScopes: [$XSAPPNAME.Read] }]'),
  good: exampleIssuer(issuer, keys, '[{ requiredScopes: ["orders!t4711.Read"] }]'),
});

/** A rule whose check stands in `model`, because constructs throw on it; here it also reads restrictions beside an authorizer. */
function claimRule(facts: Omit<RuleFacts, 'layer'>): ObjectRule {
  return {
    ...facts,
    layer: 'security',
    kinds: apiRuleKind,
    check: ({ manifest }) =>
      tokenRulesOf(manifest).flatMap(({ jwt, path }) =>
        jwtProblems(jwt, path)
          .filter(({ id }) => id === facts.id)
          .map((problem): Finding => ({
            manifest,
            path: problem.path,
            message: problem.message,
            ...(problem.fix !== undefined && { fix: problem.fix }),
          })),
      ),
  };
}
