import { objectsAt, textOf } from '../../../model/json-fields';
import { exampleToken } from './example-issuer';
import { issuerRule } from './issuer-rule';

const entry = "issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys'";
const demands = 'authorizations: [{ audiences: [orders] }]';

export const tokenHeaderPrefix = issuerRule(
  {
    id: 'token-header-prefix',
    severity: 'low',
    also: { medium: 'for the Authorization header' },
    title: 'A header for tokens names the prefix of its value',
    why: 'Without a prefix the whole value of the header is taken for the token: "Bearer" is not cut off, although the description of the field says so, and callers that send it are refused with 401.',
    fix: 'Give the prefix, as in "Bearer " with a space at its end, or have callers send the token alone.',
    refs: ['Envoy documentation, JWT authentication, value_prefix', 'Istio reference, JWTHeader, prefix'],
    bad: exampleToken(`authentications: [{ ${entry}, fromHeaders: [{ name: x-token }] }], ${demands}`),
    good: exampleToken(`authentications: [{ ${entry}, fromHeaders: [{ name: x-token, prefix: 'Bearer ' }] }], ${demands}`),
  },
  ({ entry: members }) => {
    const [header] = objectsAt(members, 'fromHeaders').find(([{ prefix }]) => textOf(prefix ?? '').trim() === '') ?? [];
    if (!header) return undefined;
    const name = textOf(header['name']);
    const standard = name.toLowerCase() === 'authorization';
    return {
      member: 'fromHeaders',
      message: standard
        ? 'takes the whole Authorization header for the token, so "Bearer …" is refused with 401; the prefix should be "Bearer "'
        : `takes the whole header ${name} for the token; callers must send it without a prefix, or the prefix should be named`,
      ...(standard && { severity: 'medium' as const }),
    };
  },
);
