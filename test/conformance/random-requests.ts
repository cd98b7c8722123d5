import * as fc from 'fast-check';
import { ruleMethods } from '../../src/model/api-rule';
import { ingressPrincipal } from '../../src/model/mesh';
import type { CaseRequest } from './conformance-case';
import { tokenRecipes } from './token-recipes';

const filler = fc.constantFrom(
  'x',
  'a',
  'b',
  'a%20b',
  'x*y',
  '%41',
  'a.b',
  'v1X0',
  'aab',
  'a;b',
  '~',
  "it's",
  '',
  '.',
  '..',
  '%2e',
  '%2F',
  '%',
  '%zz',
  '|',
  '"',
  '<x>',
  '{x}',
  '^',
  '`',
  'é',
  '\u00e9\u0080',
  '[x]',
  'x\\y',
  'x%5Cy',
  'x%00',
  '$',
  '(',
  'a,b',
  'a@b',
  'a=b',
  'a+b',
  '%c3%a9',
  '%C3%A9',
  '%7e',
  '%7E',
  '%25',
  '%3f',
);

/** What a request is meant to reach. */
export interface Aim {
  readonly path: string;
  readonly methods: readonly string[];
  readonly host: string;
}

const plainFiller = fc.constantFrom('x', 'a', 'b', 'end', 'admin');
const fillers = fc.oneof(
  { weight: 3, arbitrary: fc.array(plainFiller, { minLength: 8, maxLength: 8 }) },
  { weight: 2, arbitrary: fc.array(filler, { minLength: 8, maxLength: 8 }) },
);

/** Fills the operators of a template. */
function filledPath(template: string): fc.Arbitrary<string> {
  return fillers.map((all) => {
    const left = [...all];
    return template
      .replace(/\{\*\}/g, () => left.pop() ?? 'x')
      .replace(/\{\*\*\}/g, () => `${left.pop() ?? 'x'}/${left.pop() ?? ''}`)
      .replace(/^\/\*$/, () => `/${left.pop() ?? ''}`);
  });
}

type Change = (path: string) => string;

const changes: readonly Change[] = [
  (path) => path,
  (path) => path,
  (path) => path,
  (path) => `${path}/`,
  (path) => `/${path}`,
  (path) => path.replace(/(.)\//, '$1//'),
  (path) => path.toUpperCase(),
  (path) => `/x/..${path}`,
  (path) => `/./${path.slice(1)}`,
  (path) => `${path}/.`,
  (path) => `${path}/..`,
  (path) => `${path}/../../..`,
  (path) => path.replace(/(.)\//, '$1%2F'),
  (path) => path.replace(/(.)\//, '$1%2f'),
  (path) => path.replace(/(.)\//, '$1\\'),
  (path) => `${path};x=y`,
  (path) => `${path}?q=1`,
  (path) => `${path}?q=/../x#f`,
  (path) => `${path}#fragment`,
  (path) => `${path}%3Fq`,
  (path) => `${path}%23`,
  (path) => `/%2e%2e${path}`,
  (path) => `/%2E.${path}`,
  (path) => `/..;${path}`,
  (path) => `/x/%2e%2e;y${path}`,
  (path) => `/x/..;y\\z${path}`,
  (path) => `/x\\..;y${path}`,
  (path) => `${path}/.;x`,
  (path) => `/x/..%3by/..${path}`,
  (path) => `/x/%2e.;${path}`,
  (path) => path.replace('a', '%61'),
  (path) => path.replace('a', '%2561'),
  (path) => path.slice(0, -1) || '/',
  (path) => `${path}?`,
  (path) => `${path}?access_token=@token(a)&x=1`,
  (path) => `${path}?token=@token(b)`,
  (path) => `${path}?access%5Ftoken=@token(a)`,
  (path) => `${path}?token=@token(foreign)&token=@token(a)`,
];

const oddTargets = fc.constantFrom(
  '*',
  'x',
  'http://api.@case.example.com/a',
  'http://other.example.com/a',
  'HTTP://API.@case.example.com/A?q',
  'http://api.@case.example.com',
  '//api.@case.example.com/a',
  '/',
  '//',
  '/..',
  '/.',
  '/a/../..',
  '/\\..\\a',
  '?x',
  '#',
  '/?',
  '/#',
);

/** Targets for a path, friendly and hostile. */
function target(path: string): fc.Arbitrary<string> {
  const filled = filledPath(path);
  const changed = fc.tuple(filled, fc.constantFrom(...changes)).map(([text, change]) => change(text));
  return fc.oneof(
    { weight: 12, arbitrary: filled },
    { weight: 16, arbitrary: changed },
    { weight: 1, arbitrary: oddTargets },
    { weight: 1, arbitrary: fc.constant('/other') },
  );
}

const method = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom<string>(...ruleMethods) },
  { weight: 6, arbitrary: fc.constant('GET') },
  { weight: 1, arbitrary: fc.constantFrom('get', 'FOO', 'M-SEARCH', 'PROPFIND') },
);

const host = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('two.@case.example.com', 'x.@case.example.com', 'x.two.@case.example.com', '@case.example.com') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'API.@case.Example.com',
      'api.@case.example.com:443',
      'api.@case.example.com:1',
      'api.@case.example.com.',
      'other.example.com',
      'x.api.@case.example.com',
      'api.@case.example.com:',
      '*.@case.example.com',
    ),
  },
);

const tokenName = fc.constantFrom(...Object.keys(tokenRecipes));
const likelyToken = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'a',
      'b',
      'slash',
      'plain',
      'a-full',
      'a-all',
      'a-all',
      'b-all',
      'b-all',
      'slash-all',
      'slash-all',
      'plain-all',
      'plain-all',
    ),
  },
  { weight: 4, arbitrary: tokenName },
);
const credential = fc.oneof(
  { weight: 5, arbitrary: likelyToken.map((name) => ['Authorization', `Bearer @token(${name})`] as const) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('X-Token', 'x-jwt'), fc.constantFrom('', 'JwtToken ', 'Bearer ', 'JwtToken'), likelyToken)
      .map(([name, prefix, token]) => [name, `${prefix}@token(${token})`] as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'bearer @',
          'Bearer  @',
          'Bearer@',
          'Basic dXNlcjpw, Bearer @',
          'Basic x Bearer @',
          '@',
          'Bearer "@"',
          'Bearer @, x',
          'Bearer @ Bearer x',
          'Bearer @;x',
          'Bearer',
          'Bearer ',
          'Bearer !!@',
        ),
        likelyToken,
      )
      .map(([form, token]) => ['Authorization', form.replace('@', `@token(${token})`)] as const),
  },
);
const otherHeader = fc.constantFrom(
  ['Origin', 'https://app.example.com'] as const,
  ['Origin', 'https://app.example.com.evil'] as const,
  ['Origin', 'null'] as const,
  ['x-flag', 'on'] as const,
  ['X-Kyma-Guard-Principal', 'spiffe://cluster.local/ns/shop/sa/caller'] as const,
  ['X-Forwarded-Host', 'api.@case.example.com'] as const,
  ['x-http-method-override', 'DELETE'] as const,
  ['x-original-url', '/admin'] as const,
  ['x-envoy-original-path', '/admin'] as const,
);
const preflight = [['Origin', 'https://app.example.com'] as const, ['Access-Control-Request-Method', 'POST'] as const];

const headers = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 8, arbitrary: credential.map((one) => [one]) },
  { weight: 2, arbitrary: fc.tuple(credential, credential).map((two) => [...two]) },
  { weight: 2, arbitrary: fc.tuple(otherHeader, credential).map((two) => [...two]) },
  { weight: 1, arbitrary: fc.constant(preflight) },
  { weight: 1, arbitrary: credential.map((one) => [...preflight, one]) },
);

const inside = fc
  .tuple(
    fc.constantFrom('orders.@case', 'orders.@case.svc.cluster.local', 'carts.@case:80'),
    fc.constantFrom('', 'cluster.local/ns/shop/sa/caller', ingressPrincipal, 'cluster.local/ns/shop/sa/other'),
  )
  .map(([to, caller]) => ({ host: to, caller }));

/** A request that one of the aims could be meant by. */
export function randomRequest(aims: readonly Aim[]): fc.Arbitrary<CaseRequest> {
  return fc.constantFrom(...aims).chain((aim) => {
    const verb = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...aim.methods) }, { weight: 2, arbitrary: method });
    const named = fc.constant({ host: aim.host.replace('*', 'x') });
    const way = fc.oneof(
      { weight: 12, arbitrary: named },
      { weight: 4, arbitrary: host.map((name) => ({ host: name })) },
      { weight: 1, arbitrary: inside },
    );
    return fc
      .tuple(verb, target(aim.path), way, headers)
      .map(([sent, path, where, lines]) => ({ method: sent, target: path, ...where, headers: lines }));
  });
}
