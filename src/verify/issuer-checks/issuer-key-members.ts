import type { JsonObject } from '../../model/json';
import type { IssuerCheck } from '../issuer-check';

export const issuerKeyMembers: IssuerCheck = {
  id: 'issuer-key-members',
  title: 'Published keys say which they are and what they are for',
  severity: 'info',
  fix: 'Publish kid, alg and use with every key: a verifier then needs to guess nothing, also while keys change.',
  refs: ['RFC 7517 section 4', 'RFC 8725 section 3.1'],
  check({ keys }) {
    if (typeof keys === 'string') return { status: 'skip', message: 'there are no keys' };
    const lacking = keys.keys.flatMap((key, i) => lackingIn(key, keys.keys.length > 1).map((name) => `keys[${i}] has no ${name}`));
    return lacking.length === 0 ? undefined : { status: 'warn', message: lacking.slice(0, most).join('; ') };
  },
};

const most = 5;

/** One key alone needs no name. */
function lackingIn(key: JsonObject, isOneOfMany: boolean): string[] {
  return [...(isOneOfMany ? ['kid'] : []), 'alg', ...(key['key_ops'] === undefined ? ['use'] : [])].filter(
    (name) => typeof key[name] !== 'string',
  );
}
