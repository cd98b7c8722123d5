import { believing, deep } from './accepting';
import { bothClaims, raised, type WeakDeployment } from './deployment';
import type { Decisions, Reply } from './gateway';
import { granted } from './issuer';
import type { Claims } from './token-verifier';
import { inFull } from './weak-transport';

/** Gateways that take the place of a token for a token. */
export const weakTokens: readonly WeakDeployment[] = [
  {
    name: 'that only checks tokens which are there',
    gateway: [() => ({ bypass: ({ headers }) => headers.authorization === undefined || !/^Bearer \S/.test(headers.authorization) })],
    raises: raised('no-token', ...bothClaims),
  },
  ...[
    ['403', { status: 403 }],
    ['a redirect', { status: 302, headers: { location: '/login' } }],
    ['500', { status: 500 }],
  ].map(([status, reply]): WeakDeployment => ({
    name: `that puts ${status as string} over the data instead of keeping them back`,
    gateway: [
      (sound) => ({
        bypass: () => true,
        workload: (request) =>
          request.path !== '/orders' || sound.tokenOf(request)?.startsWith('ey') === true
            ? sound.workload(request)
            : { ...sound.workload(request), ...(reply as Partial<Reply>) },
      }),
    ],
    options: { only: ['GET *'] },
    raises: raised('no-token', ...bothClaims),
  })),
  {
    name: 'that puts 401 over data in XML, which say something else in every call',
    gateway: [
      () => ({
        bypass: () => true,
        workload: ({ path, headers }) => ({
          status: path === '/orders' && headers.authorization?.startsWith('Bearer ey') !== true ? 401 : 200,
          type: 'application/xml',
          body: `<orders at="${Math.random()}"><order><id>4711</id><buyer>Ada</buyer></order></orders>`,
        }),
      }),
    ],
    options: { only: ['GET */orders'] },
    raises: raised('no-token', ...bothClaims),
  },
  {
    name: 'one of whose three workers is open',
    gateway: [() => ({ bypass: ({ connection }) => connection % 3 === 0 })],
    options: { only: ['GET */orders'], concurrency: 1 },
    raises: raised('no-token', ...bothClaims),
  },
  {
    name: 'that only looks whether there is an Authorization header',
    gateway: [() => ({ bypass: ({ headers }) => headers.authorization !== undefined && !/^Bearer \S/.test(headers.authorization) })],
    raises: raised('empty-token', ...bothClaims),
  },
  {
    name: 'that takes an empty header of its own for a token',
    rules: 'own header',
    gateway: [
      () => ({
        bypass: ({ headers }) => headers['x-token'] === '',
        tokenOf: ({ headers }) => /^JWT (.+)$/.exec([headers['x-token']].flat()[0] ?? '')?.[1],
      }),
    ],
    raises: raised('empty-token', ...bothClaims),
  },
  {
    name: 'that takes an empty parameter for a token',
    rules: 'parameter',
    gateway: [() => ({ bypass: ({ query }) => query.get('jwt') === '', tokenOf: ({ query }) => query.get('jwt') ?? undefined })],
    raises: raised('empty-token', ...bothClaims),
  },
  {
    name: 'that takes any three words with dots for a token',
    gateway: [
      () => ({
        bypass: ({ headers }) =>
          /^Bearer \w+\.\w+\.\w+$/.test(headers.authorization ?? '') && !/^Bearer ey/.test(headers.authorization ?? ''),
      }),
    ],
    raises: raised('garbage-token', ...bothClaims),
  },
  {
    name: 'that lets a call pass when its verifier throws',
    gateway: [
      (sound) => ({
        verify: async (token) => (token.split('.').length === 3 && /^ey/.test(token) ? sound.verify(token) : {}),
        authorize: (claims) => Object.keys(claims).length === 0 || sound.authorize(claims),
      }),
    ],
    raises: raised('empty-token', 'garbage-token', ...bothClaims),
  },
  deep(
    'that verifies a token only when alg is a text',
    believing(
      ({ header, parts }) => header['alg'] !== undefined && typeof header['alg'] !== 'string' && parts[2] !== '' && parts.length === 3,
    ),
    ...['odd-token-types', 'protected'],
  ),
  deep(
    'that lets pass what is too long for its buffer',
    believing(({ token }) => token.length > 20_000),
    ...['oversize-token', 'protected'],
  ),
  large('whose query', ({ url }) => url.length > 7000),
  large('whose headers', ({ lines }) => lines.length > 200),
  large('whose body', ({ body }) => body.length > 65_536),
  {
    name: 'that is content with access_token in the query',
    gateway: [() => ({ bypass: ({ query }) => query.has('access_token') })],
    raises: raised('query-token', ...bothClaims),
  },
  {
    name: 'that is content with a session cookie',
    gateway: [() => ({ bypass: ({ headers }) => /\btoken=/.test(headers.cookie ?? '') })],
    raises: raised('cookie-token', ...bothClaims),
  },
  trusting('a user that a header names', ({ headers }) => headers['x-forwarded-user'] !== undefined),
  trusting('claims that a header carries', ({ headers }) => {
    const payload = Buffer.from([headers['x-jwt-payload']].flat()[0] ?? '', 'base64url').toString();
    return payload !== '' && isGranted(JSON.parse(payload) as Claims);
  }),
  trusting('a certificate that a header describes', ({ headers }) =>
    /;URI=spiffe:\/\/cluster\.local\/ns\/istio-system\//.test([headers['x-forwarded-client-cert']].flat()[0] ?? ''),
  ),
  trusting('the user that the proxy of a cloud names', ({ headers }) => headers['x-goog-authenticated-user-email'] !== undefined),
  trusting('the consumer that another gateway names', ({ headers }) => headers['x-consumer-username'] !== undefined),
  trusting('a header that marks calls from inside', ({ headers }) => headers['x-envoy-internal'] === 'true'),
];

function large(what: string, condition: Decisions['bypass']): WeakDeployment {
  return {
    name: `that forwards a call ${what} it cannot hold`,
    gateway: [() => ({ bypass: condition })],
    options: inFull,
    raises: raised('oversize-call', ...bothClaims),
  };
}

function trusting(what: string, condition: Decisions['bypass']): WeakDeployment {
  return {
    name: `that trusts ${what}`,
    gateway: [() => ({ bypass: (request) => request.headers.authorization === undefined && condition(request) })],
    raises: raised('identity-header', ...bothClaims),
  };
}

function isGranted({ scope, aud }: Claims): boolean {
  return [scope].flat().includes(granted.scope[0]) && [aud].flat().includes(granted.aud[0]);
}
