import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const secrets = {
  empty: '',
  'the object as text': '[object Object]',
  'the function as text': 'function Object() { [native code] }',
  'another function as text': 'function toString() { [native code] }',
};

const attempts = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'].map((kid) =>
  forged(`kid ${kid}`, { header: { alg: 'HS256', kid }, signature: { by: 'hmac', secrets } }),
);

export const kidPrototype: Probe = {
  id: 'kid-prototype',
  family: 'header',
  title: 'A kid that every object has',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 0, full: 16 },
  twins: [...unsignedTwins, 'hmac-empty-secret', 'hmac-weak-secret'],
  breach: 'Keys are looked up in a plain object: what it inherits becomes the secret.',
  fix: 'Look keys up in a Map, and refuse what is no key.',
  refs: ['CWE-1321', 'RFC 8725 section 3.10'],
};
