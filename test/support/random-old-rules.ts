import * as fc from 'fast-check';
import { issuer } from './model';
import type { RandomRule } from './old-gateway';

const jwksUri = `${issuer}/.well-known/jwks.json`;

const oldPaths = [
  ...['/.*', '/*', '/a', '/a/', '/a/.*', '/a(/.*)?', '/a(.*)', '/a/[^/]+', '/a/[^/]*', '/a/[^/]+/b', '/a/.*/b'],
  ...['/a|/b', '/a|/a/.*', '/b', '/[ab]', '/a/[0-9]+', '/a.*', '/v[12]/a', '(/a)?/b'],
];

/** Paths that tell the expressions of {@link randomRules} apart. */
export const askedPaths = [
  ...[
    '/',
    '//',
    '/a',
    '/a/',
    '/ab',
    '/a/x',
    '/a/1',
    '/a/x/',
    '/a/x/b',
    '/a/x/y/b',
    '/a/b',
    '/a//b',
    '/b',
    '/b/',
    '/c',
    '/v1/a',
    '/v3/a',
    '/a/b/c',
  ],
];
export const askedMethods = ['GET', 'POST', 'DELETE', 'OPTIONS'];

const oneRule: fc.Arbitrary<RandomRule> = fc.record({
  path: fc.constantFrom(...oldPaths),
  methods: fc.subarray(['GET', 'POST', 'OPTIONS'], { minLength: 1 }),
  handler: fc.constantFrom('allow', 'no_auth', 'noop', 'unauthorized', 'jwt', 'jwt with scope'),
});

/** Rules of one old APIRule, in any order, overlapping or not. */
export const randomRules = fc.array(oneRule, { minLength: 1, maxLength: 4 });

/** The rules as an APIRule v1beta1 on host `orders.example.com` for Service `shop/orders`. */
export function oldText(rules: readonly RandomRule[]): string {
  const lines = rules.map(({ path, methods, handler }) =>
    [
      `    - path: ${JSON.stringify(path)}   # ${handler}`,
      `      methods: [${methods.join(', ')}]`,
      '      accessStrategies:',
      `        - handler: ${handler.split(' ')[0] ?? ''}`,
      ...(handler.startsWith('jwt')
        ? ['          config:', `            trusted_issuers: ["${issuer}"]`, `            jwks_urls: ["${jwksUri}"]`]
        : []),
      ...(handler === 'jwt with scope' ? ['            required_scope: [read]'] : []),
    ].join('\n'),
  );
  return `apiVersion: gateway.kyma-project.io/v1beta1
kind: APIRule
metadata:
  name: orders
  namespace: shop
spec:
  gateway: kyma-system/kyma-gateway
  host: orders.example.com
  service: { name: orders, port: 8080 }
  rules:
${lines.join('\n')}
`;
}

/** Service `shop/orders`. */
export const serviceText = `apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ port: 8080 }] }
`;
