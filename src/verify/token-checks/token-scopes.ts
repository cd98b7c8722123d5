import { texts, type TokenCheck } from '../token-check';

export const tokenScopes: TokenCheck = {
  id: 'token-scopes',
  title: 'The good token carries the scopes that the rule asks for',
  severity: 'medium',
  fix: 'Grant the scopes to the client (for XSUAA: authorities in xs-security.json), or correct the scopes of the rule.',
  refs: ['RFC 6749 section 3.3', 'RFC 6750 section 3.1'],
  check({ jwt, claims }) {
    const asked = jwt.authorizations.map(({ requiredScopes }) => requiredScopes);
    // As Istio reads them: only `scope` is split at blanks; `scp` and `scopes` are lists or one single scope.
    const lists = [texts(claims['scope']).flatMap((text) => [text, ...text.split(' ')]), texts(claims['scp']), texts(claims['scopes'])];
    const fits = (scopes: readonly string[]): boolean => lists.some((held) => scopes.every((scope) => held.includes(scope)));
    if (asked.length === 0 || asked.some(fits)) return undefined;
    const expected = asked.map((scopes) => scopes.join(' and ')).join(', or ');
    return {
      status: 'fail',
      message: 'the gateway refuses it: no authorization of the rule fits its scopes',
      expected,
      actual: lists.flat().join(' ') || 'no scope',
    };
  },
};
