import { createHmac } from 'node:crypto';
import { decodeToken } from '../../src/token/decode';
import { raised, type WeakDeployment } from './deployment';
import { json, ordersWorkload, type Change, type Decisions, type Reply, type SeenRequest } from './gateway';
import { checkSigned, readClaims } from './token-verifier';
import type { TestIssuer } from './issuer';
import { inFull } from './weak-transport';
import type { SigningKey } from '../../src/token/sign';

/** Gateways that do not verify what they read. */
export const weakSignatures: readonly WeakDeployment[] = [
  {
    name: 'that reads tokens without verifying them',
    gateway: [(_, issuer) => ({ verify: async (token) => readClaims(token, issuer) })],
    raises: raised('foreign-key', 'protected'),
  },
  {
    name: 'that reads tokens without verifying them, before a workload that knows no such order',
    gateway: [(_, issuer) => ({ verify: async (token) => readClaims(token, issuer), workload: lostOrders })],
    raises: raised('foreign-key', 'protected'),
  },
  {
    name: 'that reads tokens without verifying them, before a workload that says nothing but 400',
    gateway: [
      (_, issuer) => ({
        verify: async (token) => readClaims(token, issuer),
        workload: (request) => (request.path === '/orders' ? { status: 400 } : ordersWorkload(request)),
      }),
    ],
    raises: raised('foreign-key', 'protected'),
  },
  {
    name: 'that reads tokens without verifying them, before a workload that leads to a file',
    gateway: [(_, issuer) => ({ verify: async (token) => readClaims(token, issuer), workload: leadingToFile })],
    raises: raised('foreign-key', 'protected'),
  },
  {
    name: 'that reads tokens without verifying them and sends strangers to its login, before a workload that leads to a file',
    gateway: [leadingToLogin, (_, issuer) => ({ verify: async (token) => readClaims(token, issuer), workload: leadingToFile })],
    raises: raised('foreign-key', 'protected'),
  },
  {
    name: 'that reads tokens from a header of its own without verifying them',
    rules: 'own header',
    gateway: [
      (_, issuer) => ({
        tokenOf: ({ headers }) => /^JWT (.+)$/.exec([headers['x-token']].flat()[0] ?? '')?.[1],
        verify: async (token) => readClaims(token, issuer),
      }),
    ],
    raises: raised('foreign-key', 'protected'),
  },
  {
    name: 'that remembers verified tokens by their signature',
    gateway: [rememberSignatures],
    raises: raised('tampered-payload', 'protected'),
  },
  {
    name: 'that verifies a signature only if there is one',
    gateway: [acceptWhen((token, alg) => alg === 'RS256' && token.endsWith('.'))],
    raises: raised('signature-stripped', 'protected'),
  },
  {
    name: 'that takes alg none at its word',
    gateway: [acceptWhen((token, alg) => alg === 'none' && token.endsWith('.'))],
    raises: raised('alg-none', 'protected'),
  },
  {
    name: 'that forbids alg none in lower case only',
    gateway: [acceptWhen((_, alg) => alg !== 'none' && alg?.toLowerCase() === 'none')],
    raises: raised('alg-none', 'protected'),
  },
  {
    name: 'that lets the token choose HS256 with the PEM key',
    gateway: [acceptHmac((issuer) => issuer.key.publicPem)],
    raises: raised('hmac-public-key', 'protected'),
  },
  {
    name: 'that lets the token choose HS256 with the DER key',
    gateway: [acceptHmac((issuer) => Buffer.from(issuer.key.publicPem.replace(/-----[^-]+-----|\s/g, ''), 'base64'))],
    raises: raised('hmac-public-key', 'protected'),
  },
  {
    name: 'that keeps a key which its issuer has withdrawn',
    gateway: [takingToo(({ withdrawn }) => withdrawn)],
    withdrawnKey: true,
    options: inFull,
    raises: raised('protected', 'unfit-key'),
  },
  {
    name: 'that verifies with keys which are for encryption',
    gateway: [takingToo(({ withdrawn }) => withdrawn)],
    issuer: {
      keys: (sound, _, hidden) => (hidden ? [...sound, { ...hidden.publicJwk, kid: hidden.kid, use: 'enc', alg: 'RSA-OAEP-256' }] : sound),
    },
    withdrawnKey: true,
    options: inFull,
    raises: raised('protected', 'unfit-key'),
  },
  {
    name: 'that lets tokens pass while it cannot fetch the key that they name',
    gateway: [acceptWhen((token) => decodeToken(token)?.header['kid'] === 'kyma-guard')],
    options: inFull,
    raises: raised('foreign-key', 'protected'),
  },
  { name: 'that accepts any HS256 token', gateway: [acceptWhen((_, alg) => alg === 'HS256')], raises: raised('foreign-key', 'protected') },
];

/** As frameworks do it: the same members each time, and a time that moves. */
export function lostOrders(request: SeenRequest): Reply {
  if (request.path !== '/orders') return ordersWorkload(request);
  return json(404, { timestamp: `${Date.now()} ${Math.random()}`, status: 404, error: 'Not Found', path: request.path });
}

/** As storage does it: the address is good for one call, and says so in its query. */
export function leadingToFile(request: SeenRequest): Reply {
  if (request.path !== '/orders') return ordersWorkload(request);
  return { status: 302, headers: { location: `https://files.example.test/orders/4711.pdf?signature=${Math.random()}` } };
}

/** Sends strangers to a login. */
export function leadingToLogin(): Partial<Decisions> {
  return { refuse: (reason) => (reason === 'unknown' ? { status: 404 } : { status: 302, headers: { location: '/login' } }) };
}

function takingToo(keyOf: (issuer: TestIssuer) => SigningKey | undefined): Change {
  return (sound, issuer) => ({
    async verify(token) {
      const key = keyOf(issuer);
      return (await sound.verify(token)) ?? (key && checkSigned(token, { ...issuer, key }));
    },
  });
}

function acceptWhen(condition: (token: string, alg: string | undefined) => boolean) {
  return (sound: Decisions, issuer: TestIssuer): Partial<Decisions> => ({
    async verify(token) {
      const complete = token.split('.').length === 2 ? `${token}.` : token;
      const alg = decodeToken(complete)?.header['alg'];
      return condition(token, typeof alg === 'string' ? alg : undefined) ? readClaims(complete, issuer) : sound.verify(token);
    },
  });
}

function acceptHmac(secretOf: (issuer: TestIssuer) => string | Buffer) {
  return (sound: Decisions, issuer: TestIssuer): Partial<Decisions> => ({
    async verify(token) {
      const [header, claims, signature] = token.split('.');
      const expected = createHmac('sha256', secretOf(issuer)).update(`${header}.${claims}`).digest('base64url');
      return decodeToken(token)?.header['alg'] === 'HS256' && signature === expected ? readClaims(token, issuer) : sound.verify(token);
    },
  });
}

function rememberSignatures(_: Decisions, issuer: TestIssuer): Partial<Decisions> {
  const verified = new Set<string>();
  return {
    async verify(token) {
      const signature = token.split('.')[2] ?? '';
      if (verified.has(signature)) return readClaims(token, issuer);
      const claims = await checkSigned(token, issuer);
      if (claims) verified.add(signature);
      return claims;
    },
  };
}
