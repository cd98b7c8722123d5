import type { ObjectRule } from '../../rule';
import { exampleIssuer } from './example-issuer';
import { apiRuleKind, tokenRulesOf } from './token-rules-of';

const uaa = 'https://orders.authentication.eu10.hana.ondemand.com';

/** Names that XSUAA itself puts into tokens without a suffix. */
const ownNames = new Set(['openid', 'uaa', 'profile', 'email', 'roles', 'user_attributes']);

export const jwtXsuaaSuffix: ObjectRule = {
  id: 'jwt-xsuaa-suffix',
  layer: 'security',
  severity: 'medium',
  title: 'Scopes and audiences of XSUAA carry the suffix of the application',
  why: 'XSUAA puts the application name with its suffix, as in orders!t4711, in front of each scope and into each audience; without it no token ever matches.',
  fix: 'Take xsappname out of the binding and write it in full, as in orders!t4711.Read.',
  refs: ['SAP BTP documentation, XSUAA, application security descriptor, xsappname'],
  bad: exampleIssuer(`${uaa}/oauth/token`, `${uaa}/token_keys`, '[{ requiredScopes: [orders.Read] }]'),
  good: exampleIssuer(`${uaa}/oauth/token`, `${uaa}/token_keys`, '[{ requiredScopes: ["orders!t4711.Read"] }]'),
  kinds: apiRuleKind,
  check: ({ manifest }) =>
    tokenRulesOf(manifest).flatMap(({ issuers, demands }) => {
      // With other issuers beside it, a name may be one of theirs.
      if (issuers.length === 0 || issuers.some(({ known }) => known?.kind !== 'xsuaa')) return [];
      return demands.flatMap(({ scopes, audiences, path }) =>
        [
          ...scopes.map((text, index) => ({ text, place: ['requiredScopes', index] })),
          ...audiences.map((text, index) => ({ text, place: ['audiences', index] })),
        ]
          .filter(({ text }) => lacksSuffix(text))
          .map(({ text, place }) => ({
            manifest,
            path: [...path, ...place],
            message: `"${text}" has no suffix such as !t4711, so no token of XSUAA ever matches; it should be the full name`,
          })),
      );
    }),
};

function lacksSuffix(text: string): boolean {
  // Unresolved variables, patterns and empty texts have rules of their own.
  if (text === '' || /[$*!{]/.test(text)) return false;
  return !ownNames.has(text) && !text.startsWith('uaa.');
}
