import { execFileSync } from 'node:child_process';
import { tryLine } from '../../src/cli/try-line';
import type { JsonObject } from '../../src/model/json';
import type { LocalSession } from '../../src/model/local-session';
import { apiRuleManifest, jwt } from '../support/local-manifests';

const a: [string, string] = ['https://a.example.com/oauth/token', 'https://a.example.com/token_keys'];
const at = 'http://127.0.0.1:4000';

/** The line for one APIRule with these rules. */
function lineOf(
  rules: JsonObject[],
  { probe, issuers = [a[0]], host = 'geo.example.com' }: { probe?: string; issuers?: string[]; host?: string } = {},
) {
  const manifest = apiRuleManifest('geo', host, rules);
  const annotations: Record<string, string> = probe === undefined ? {} : { 'kyma-guard/probe': probe };
  const session = { targets: { [host]: at }, issuers: Object.fromEntries(issuers.map((issuer) => [issuer, at])) };
  return tryLine(session as unknown as LocalSession, [{ ...manifest, annotations }]);
}

const rule = (access: JsonObject, path = '/orders/{*}'): JsonObject => ({ path, methods: ['GET'], ...access });

test.each([
  ['a path that the first rule takes', lineOf([rule({ noAuth: true })]), `curl -i -H 'Host: geo.example.com' ${at}/orders/sample`],
  [
    'path and query of the hints',
    lineOf([rule({ noAuth: true })], { probe: '[{"rule":0,"path":"/orders/1","query":"a=b&c"}]' }),
    `curl -i -H 'Host: geo.example.com' '${at}/orders/1?a=b&c'`,
  ],
  [
    'the token of the only issuer',
    lineOf([rule(jwt([a]), '/in')]),
    `curl -i -H 'Host: geo.example.com' -H 'Authorization: Bearer '"$(kyma-guard token --local)" ${at}/in`,
  ],
  [
    'the token of one of several issuers',
    lineOf([rule(jwt([a]), '/in')], { issuers: [a[0], 'https://b.example.com'] }),
    `curl -i -H 'Host: geo.example.com' -H 'Authorization: Bearer '"$(kyma-guard token https://a.example.com/oauth/token --local)" ${at}/in`,
  ],
  [
    'a name below a wildcard',
    lineOf([rule({ noAuth: true }, '/a')], { host: '*.example.com' }),
    `curl -i -H 'Host: sample.example.com' ${at}/a`,
  ],
])('the line has %s', (_, line, expected) => {
  expect(line).toBe(expected);
});

test('a rule that reads its token elsewhere gets it there', () => {
  const fromParams = { jwt: { authentications: [{ issuer: a[0], jwksUri: a[1], fromParams: ['t'] }], authorizations: [] } };
  expect(lineOf([rule(fromParams, '/in')])).toBe(`curl -i -H 'Host: geo.example.com' '${at}/in?t='"$(kyma-guard token --local)"`);
});

test('nothing of a manifest is read by the shell', () => {
  const query = `x=$(id)'; echo "stolen`;
  const line = lineOf([rule({ noAuth: true })], { probe: JSON.stringify([{ rule: 0, query }]) }) ?? '';
  const words = execFileSync('sh', ['-c', line.replace('curl -i', `printf '%s\\n'`)], { encoding: 'utf8' }).split('\n');
  expect(words).toContain(`${at}/orders/sample?${query}`);
});
