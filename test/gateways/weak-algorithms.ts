import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { Change, Decisions } from './gateway';
import { believing, deep, isHashedWith, objectIn, objectOf, textOf, textOrNothing, type SeenToken } from './accepting';
import { raised, type WeakDeployment } from './deployment';
import { checkSigned, readClaims } from './token-verifier';
import type { TestIssuer } from './issuer';

const only = ['GET */orders'];

/** Key with the exponent 3. */
const cubeKey = {
  ...generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 }).publicKey.export({ format: 'jwk' }),
  ...({ kid: 'cube', use: 'sig', alg: 'RS256' } as const),
};

/** Gateways that verify signatures, each with one algorithm too many or one step too few. */
export const weakAlgorithms: readonly WeakDeployment[] = [
  {
    name: 'that remembers verified tokens by the beginning of their signature',
    gateway: [rememberBeginnings],
    options: { only },
    raises: raised('damaged-signature', 'protected'),
  },
  {
    name: 'that takes an empty secret when it knows no key',
    gateway: [believing((seen) => seen.header['kid'] === 'kyma-guard' && isHashedWith(seen, ''))],
    options: { only },
    raises: raised('hmac-empty-secret', 'protected'),
  },
  {
    name: 'that has the secret of the tutorial',
    gateway: [believing((seen) => isHashedWith(seen, 'secret'))],
    options: { only },
    raises: raised('hmac-weak-secret', 'protected'),
  },
  {
    name: 'whose library takes zeros for an ECDSA signature',
    gateway: [believing(({ header, parts }) => header['alg'] === 'ES256' && /^A+$/.test(parts[2] ?? ''))],
    options: { only },
    raises: raised('psychic-signature', 'protected'),
  },
  deep(
    'that falls back on the PEM key, whatever the algorithm, where no kid names one',
    believing((seen) => seen.header['kid'] === undefined && isHashedWith(seen, seen.issuer.key.publicPem)),
    ...['hmac-public-key', 'protected'],
  ),
  deep(
    'that refuses alg none only where there is no signature',
    believing(({ header, parts }) => header['alg'] === 'none' && parts[2] !== '' && parts.length === 3),
    ...['alg-none', 'protected'],
  ),
  deep(
    'that needs no signature where there is no alg',
    believing(({ header, parts }) => parts[2] === '' && parts.length === 3 && header['alg'] === undefined),
    ...['alg-none', 'protected'],
  ),
  deep(
    'that skips the signature of an algorithm that it does not know',
    believing(({ header }) => typeof header['alg'] === 'string' && /^(rsa|sha)/i.test(header['alg'])),
    ...['algorithm-swap', 'protected'],
  ),
  deep(
    'that compares the names of algorithms in lower case, and looks them up as they are',
    believing(({ header, parts }) => header['alg'] !== 'RS256' && /^rs256$/i.test(textOrNothing(header['alg'])) && parts[2] !== ''),
    ...['algorithm-swap', 'protected'],
  ),
  deep(
    'that lets a token choose HS512 with the public key',
    believing((seen) => seen.header['alg'] === 'HS512' && isHashedWith(seen, seen.issuer.key.publicPem)),
    ...['hmac-public-key', 'protected'],
  ),
  {
    ...deep(
      'that takes the secret of a client for a key',
      believing((seen) => isHashedWith(seen, 'secret-of-good')),
      ...['hmac-own-secret', 'protected'],
    ),
    options: { profile: 'full', only, allowSecretProbes: true },
  },
  {
    ...deep('that does not read the padding of a signature to its end', leniently(), ...['rsa-padding', 'protected']),
    issuer: { keys: (sound) => [...sound, cubeKey] },
  },
  deep(
    'that reads tokens in JSON without verifying them',
    believing(({ token }) => {
      const whole = objectOf(token) ?? (token.includes('.') ? undefined : objectIn(token));
      return typeof whole?.['payload'] === 'string' ? objectIn(whole['payload']) : undefined;
    }),
    ...['json-serialization', 'protected'],
  ),
  deep('that reads base64 of any kind', respelling, 'token-spelling'),
  deep('that says whom it refused', naming, 'reflected-claims'),
];

function rememberBeginnings(_: Decisions, issuer: TestIssuer): Partial<Decisions> {
  const verified = new Set<string>();
  const beginning = (token: string): string => token.slice(0, token.lastIndexOf('.') + 20);
  return {
    async verify(token) {
      const claims = verified.has(beginning(token)) ? readClaims(token, issuer) : await checkSigned(token, issuer);
      if (claims) verified.add(beginning(token));
      return claims;
    },
  };
}

/** Verifies with {@link cubeKey}: the block must begin well, and what stands behind the hash nobody looks at. */
function leniently(): Change {
  const modulus = BigInt(`0x${Buffer.from(cubeKey.n ?? '', 'base64url').toString('hex')}`);
  return believing(async ({ header, parts }: SeenToken) => {
    if (header['kid'] !== 'cube') return false;
    const signature = BigInt(`0x0${Buffer.from(parts[2] ?? '', 'base64url').toString('hex')}`);
    const block = (signature ** 3n % modulus).toString(16).padStart(512, '0');
    const hash = await crypto.subtle.digest('SHA-256', Buffer.from(`${parts[0]}.${parts[1]}`));
    const expected = `3031300d060960864801650304020105000420${Buffer.from(hash).toString('hex')}`;
    return new RegExp(`^0001(ff){8,}00${expected}`).test(block) && createPublicKey({ key: cubeKey, format: 'jwk' }).type === 'public';
  });
}

/** Node.js reads both alphabets, and padding or none. */
function respelling(_: Decisions, issuer: TestIssuer): Partial<Decisions> {
  const plain = (part: string): string => Buffer.from(part, 'base64').toString('base64url');
  return { verify: (token) => checkSigned(token.split('.').map(plain).join('.'), issuer) };
}

function naming(sound: Decisions): Partial<Decisions> {
  let last = '';
  return {
    verify(token) {
      last = textOf(token.split('.')[1]);
      return sound.verify(token);
    },
    refuse: (reason) => (reason === 'invalid' ? { ...sound.refuse(reason), body: `refused: ${last}` } : sound.refuse(reason)),
  };
}
