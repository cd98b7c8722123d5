import { decodeToken } from '../../src/token/decode';
import { bothClaims, raised, type WeakDeployment } from './deployment';
import type { Decisions } from './gateway';
import { granted } from './issuer';

/** Asked with the full set, at the one call that the others are like. */
export const inFull = { profile: 'full', only: ['GET */orders'] } as const;

/** Gateways that read a token, or what stands for one, in too many places and spellings. */
export const weakTransport: readonly WeakDeployment[] = [
  letting('what says Basic, from the days of development', 'other-scheme', ({ headers }) => /^Basic /.test(headers.authorization ?? '')),
  letting('tokens of any signer in a header of its proxy', 'header-token', ({ headers }) => isGranted(headers['x-forwarded-access-token'])),
  letting('tokens of any signer in the header to which its proxy moves them', 'header-token', ({ headers }) =>
    isGranted(String(headers['x-forwarded-authorization']).replace('Bearer ', '')),
  ),
  letting('tokens of any signer in the header of an approuter', 'header-token', ({ headers }) =>
    isGranted(String(headers['x-approuter-authorization']).replace('Bearer ', '')),
  ),
  letting('whoever has a header X-Auth-Token', 'header-token', ({ headers }) => headers['x-auth-token'] !== undefined),
  letting('what has no blank behind Bearer', 'authorization-spelling', ({ headers }) => /^Bearer[^ ]\S/.test(headers.authorization ?? '')),
  letting('tokens of any signer behind bearer in small letters', 'authorization-spelling', ({ headers }) =>
    isGranted(/^bearer (.+)/.exec(headers.authorization ?? '')?.[1]),
  ),
  letting('tokens of any signer behind two blanks', 'authorization-spelling', ({ headers }) =>
    isGranted(/^Bearer {2}(.+)/.exec(headers.authorization ?? '')?.[1]),
  ),
  letting('tokens of any signer behind JWT in the place of Bearer', 'other-scheme', ({ headers }) =>
    isGranted(/^JWT (.+)/.exec(headers.authorization ?? '')?.[1]),
  ),
  letting('tokens of any signer without a scheme before them', 'other-scheme', ({ headers }) => isGranted(headers.authorization)),
  letting(
    'a header whose name only looks like Authorization',
    'authorization-spelling',
    ({ headers }) => headers['authorization_'] !== undefined,
  ),
  letting(
    'several Authorization headers, because it can read one only',
    'repeated-authorization',
    ({ lines }) => lines.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'authorization').length > 1,
  ),
  letting('a form with a field access_token', 'body-token', ({ body }) => body.includes('access_token=')),
  letting('tokens of any signer in a form', 'body-token', ({ body }) => isGranted(new URLSearchParams(body).get('token') ?? '')),
  letting('tokens of any signer in the query', 'query-token', ({ query }) => isGranted(query.get('jwt') ?? '')),
  letting('tokens of any signer in a cookie named id_token', 'cookie-token', ({ headers }) =>
    isGranted(/\bid_token=([^;]+)/.exec(headers.cookie ?? '')?.[1]),
  ),
  letting('tokens of any signer in a cookie', 'cookie-token', ({ headers }) =>
    isGranted(/\bsession=([^;]+)/.exec(headers.cookie ?? '')?.[1]),
  ),
];

function letting(what: string, id: string, bypass: Decisions['bypass']): WeakDeployment {
  return { name: `that lets in ${what}`, gateway: [() => ({ bypass })], options: inFull, raises: raised(id, ...bothClaims) };
}

/** Reads the claims and believes them. */
function isGranted(token: string | readonly string[] | undefined): boolean {
  const claims = decodeToken([token].flat().join(''))?.claims;
  return [claims?.['scope']].flat().includes(granted.scope[0]) && [claims?.['aud']].flat().includes(granted.aud[0]);
}
