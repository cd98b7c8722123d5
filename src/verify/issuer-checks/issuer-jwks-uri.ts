import type { IssuerCheck } from '../issuer-check';

export const issuerJwksUri: IssuerCheck = {
  id: 'issuer-jwks-uri',
  title: 'The rule reads the keys where the issuer publishes them',
  severity: 'medium',
  fix: 'Copy the member jwks_uri of the discovery document into the rule.',
  refs: ['RFC 8414 section 2', 'RFC 8725 section 3.10'],
  check({ trust, discovery }) {
    if (typeof discovery === 'string') return { status: 'skip', message: 'there is no discovery document' };
    if (discovery.jwksUri === trust.jwksUri) return undefined;
    return {
      status: 'fail',
      message: 'keys are taken from a place that the issuer does not name',
      expected: discovery.jwksUri ?? 'no jwks_uri',
      actual: trust.jwksUri,
    };
  },
};
