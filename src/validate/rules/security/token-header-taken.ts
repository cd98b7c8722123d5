import { objectsAt, textOf } from '../../../model/json-fields';
import { exampleToken } from './example-issuer';
import { issuerRule } from './issuer-rule';

const entry = "issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys'";
const demands = 'authorizations: [{ audiences: [orders] }]';

/** Headers that the gateway writes or rewrites itself. @see Envoy documentation, HTTP header manipulation */
const ofGateway =
  /^(?::.*|host|forwarded|x-forwarded-.*|x-envoy-.*|x-request-id|x-b3-.*|traceparent|connection|transfer-encoding|content-length)$/;

export const tokenHeaderTaken = issuerRule(
  {
    id: 'token-header-taken',
    severity: 'medium',
    title: 'Tokens are read from a header that the caller alone fills, on purpose',
    why: 'A header that the gateway writes never holds the token of the caller, and a cookie is sent by browsers on behalf of any page that links here.',
    fix: 'Leave fromHeaders out, so that the token is read from Authorization, or name a header of your own.',
    refs: ['Envoy documentation, HTTP header manipulation', 'CWE-352'],
    bad: exampleToken(`authentications: [{ ${entry}, fromHeaders: [{ name: cookie, prefix: 'token=' }] }], ${demands}`),
    good: exampleToken(`authentications: [{ ${entry}, fromHeaders: [{ name: x-cookie, prefix: 'token=' }] }], ${demands}`),
  },
  ({ entry: members }) => {
    for (const [header] of objectsAt(members, 'fromHeaders')) {
      const name = textOf(header['name']).toLowerCase();
      if (name === 'cookie' || name === 'set-cookie')
        return {
          member: 'fromHeaders',
          message: 'reads the token from a cookie, which browsers send for any page; it should be a header of its own',
        };
      if (ofGateway.test(name))
        return {
          member: 'fromHeaders',
          message: `reads the token from ${name}, which the gateway writes itself; it should be a header of its own`,
        };
    }
    return undefined;
  },
);
