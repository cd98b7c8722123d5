import { listAt, textOf } from '../../../model/json-fields';
import { exampleToken } from './example-issuer';
import { issuerRule } from './issuer-rule';

const entry = "issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys'";

export const tokenInUrl = issuerRule(
  {
    id: 'token-in-url',
    severity: 'medium',
    title: 'Tokens do not travel in URLs',
    why: 'URLs end up in access logs, browser histories and Referer headers, and so does a token in them: whoever reads one can use it until it expires.',
    fix: 'Remove fromParams, so that the token is read from the Authorization header.',
    refs: ['RFC 9700 section 4.3.2', 'RFC 6750 section 5.3', 'CWE-598'],
    bad: exampleToken(`authentications: [{ ${entry}, fromParams: [token] }], authorizations: [{ audiences: [orders] }]`),
    good: exampleToken(`authentications: [{ ${entry} }], authorizations: [{ audiences: [orders] }]`),
  },
  ({ entry: { fromParams }, entry: members }) => {
    const names = listAt(members, 'fromParams').map(textOf);
    if (fromParams === undefined || names.length === 0) return undefined;
    return { member: 'fromParams', message: `reads the token from the query parameter ${names.join(', ')}; it should stand in a header` };
  },
);
