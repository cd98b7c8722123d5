import { texts, type TokenCheck } from '../token-check';

export const tokenAudience: TokenCheck = {
  id: 'token-audience',
  title: 'The good token carries the audiences that the rule asks for',
  severity: 'medium',
  fix: 'Use the credential of a client that was granted this API, or correct the audiences of the rule.',
  refs: ['RFC 7519 section 4.1.3', 'RFC 8725 section 3.9'],
  check({ jwt, claims }) {
    const asked = jwt.authorizations.map(({ audiences }) => audiences);
    const held = texts(claims['aud']);
    if (asked.length === 0 || asked.some((audiences) => audiences.every((audience) => held.includes(audience)))) return undefined;
    return {
      status: 'fail',
      message: 'the gateway refuses it: no authorization of the rule fits its aud',
      expected: show(asked),
      actual: held.join(', ') || 'no aud',
    };
  },
};

function show(alternatives: readonly (readonly string[])[]): string {
  return alternatives.map((audiences) => audiences.join(' and ')).join(', or ');
}
