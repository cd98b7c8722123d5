import { inspect } from 'node:util';
import { CredentialsInvalidError } from '../../src/model/errors';
import type { JsonObject } from '../../src/model/json';
import { credentialsFor, credentialsOf, issuerOf } from '../../src/token/credentials';
import { parseCredentials } from '../../src/token/parse-credentials';
import { clientSecret, serviceKey } from '../support/credentials';

const key = serviceKey();
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const secret = (members: JsonObject): string => JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'geo' }, ...members });
const flat = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [name, base64(value as string)]));
const yaml = `apiVersion: v1\nkind: Secret\nmetadata: { name: geo }\nstringData:\n${Object.entries(key)
  .map(([name, value]) => `  ${name}: ${JSON.stringify(value)}\n`)
  .join('')}`;

test.each([
  ['a service key', JSON.stringify(key)],
  ['a service key with white space around', `\n ${JSON.stringify(key, null, 2)}\n`],
  ['a service key inside credentials', JSON.stringify({ credentials: key })],
  ['a service key inside uaa', JSON.stringify({ uaa: key, url: 'https://elsewhere.example' })],
  ['a flat Secret', secret({ data: flat(key) })],
  ['a Secret with text data', secret({ stringData: key })],
  [
    'a Secret with one key for all (secretKey)',
    secret({ data: { credentials: base64(JSON.stringify(key)), plan: base64('application') } }),
  ],
  ['a Secret with one root key', secret({ data: { root: base64(JSON.stringify({ ...key, tags: '["xsuaa"]', plan: 'application' })) } })],
  ['a Secret as YAML', yaml],
  ['a Secret among other manifests', `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n---\n${yaml}`],
])('%s is read', (_, text) => {
  const got = parseCredentials(text, 'key.json');
  expect(got).toMatchObject({ clientId: 'sb-geo!t1', tokenEndpoint: `${key.url}/oauth/token`, issuerUrl: key.url, xsappname: 'geo!t1' });
  expect(clientSecret(got).reveal()).toBe(key.clientsecret);
});

test.each([
  ['nothing', '', 'neither JSON nor a Secret'],
  ['half a JSON', '{"clientid": "x"', 'neither JSON nor a Secret'],
  ['another manifest', secret({ kind: 'ConfigMap' }), 'no Secret'],
  ['two Secrets', `${yaml}---\n${yaml.replace('geo', 'geo2')}`, 'holds 2 Secrets'],
  ['two clients', JSON.stringify({ a: key, b: key }), 'holds 2 clients'],
  ['no client', '{"uri": "postgres://x"}', 'has no "clientid"'],
  ['data that is not base64', secret({ data: { clientid: '%%%' } }), 'data.clientid is not base64'],
  ['no secret', JSON.stringify({ ...key, clientsecret: undefined }), 'has no "clientsecret"'],
  ['an empty secret', JSON.stringify({ ...key, clientsecret: '' }), 'has no "clientsecret"'],
  ['a secret that is no text', JSON.stringify({ ...key, clientsecret: 12345678 }), '"clientsecret" is no text'],
  ['no address', JSON.stringify({ ...key, url: undefined }), 'neither "url" nor "token_url"'],
  ['an address that is no URL', JSON.stringify({ ...key, url: 'geo.example' }), '"url" is no http(s) URL'],
  ['an address of another scheme', JSON.stringify({ ...key, token_url: 'file:///etc/passwd' }), '"token_url" is no http(s) URL'],
  ['an address with credentials', JSON.stringify({ ...key, url: 'https://u:p@geo.example' }), 'has credentials'],
  [
    'an x509 binding that is cut off',
    JSON.stringify({ ...key, clientsecret: undefined, certificate: 'PEM', key: 'PEM' }),
    'no PEM certificate',
  ],
  ['an x509 binding without its parts', JSON.stringify({ ...key, 'credential-type': 'x509' }), 'has no "certificate"'],
  ['an unknown way to authenticate', JSON.stringify({ ...key, token_endpoint_auth_method: 'magic' }), 'is none that is known'],
  ['a private key that is none', JSON.stringify({ ...key, clientsecret: undefined, private_key: 'PEM' }), 'no private key in PEM form'],
])('%s is refused with its reason', (_, text, reason) => {
  expect(() => parseCredentials(text, 'key.json')).toThrow(CredentialsInvalidError);
  expect(() => parseCredentials(text, 'key.json')).toThrow(reason);
});

test('no problem ever quotes a secret', () => {
  const broken = Object.keys(key).map((name) => ({ ...key, [name]: name === 'clientsecret' ? { deep: key.clientsecret } : 17 }));
  const shown = broken.map((members) => {
    try {
      return inspect(parseCredentials(JSON.stringify(members), 'key.json'));
    } catch (error) {
      return inspect(error);
    }
  });
  expect(shown.join('\n')).not.toContain(key.clientsecret);
});

test('a secret is not shown by printing, joining, serializing or inspecting', () => {
  const got = parseCredentials(JSON.stringify(key), 'key.json');
  const hidden = clientSecret(got);
  const shown = [hidden.toString(), String(hidden), JSON.stringify(got), inspect(got, { depth: 9, showHidden: true }), [hidden].join('')];
  expect(shown.filter((text) => text.includes(key.clientsecret))).toEqual([]);
  expect(shown.every((text) => text.includes('[redacted]'))).toBe(true);
});

const at = (members: JsonObject, issuer?: string) =>
  credentialsOf(serviceKey(members), { label: 'l', source: 's', ...(issuer ? { issuer } : {}) });
const xsuaa = at({ url: 'https://a.example' });
const assigned = at({ url: 'https://local.example' }, 'https://a.example/oauth/token');
const keycloak = at({ url: undefined, token_url: 'https://id.example.com/realms/main/protocol/openid-connect/token' });

test.each([
  ['by the XSUAA form of its url', 'https://a.example/oauth/token', [keycloak, xsuaa], xsuaa],
  ['by name before anything else', 'https://a.example/oauth/token', [xsuaa, assigned], assigned],
  ['by the origin of its token endpoint', 'https://id.example.com/realms/main', [xsuaa, keycloak], keycloak],
  ['not where it was assigned to another', 'https://local.example/oauth/token', [assigned], undefined],
  ['not by a look-alike', 'https://a.example.evil.net/oauth/token', [xsuaa, keycloak, assigned], undefined],
  ['not with a slash too many', 'https://a.example/oauth/token/', [xsuaa], undefined],
])('a credential is found for its issuer %s', (_, issuer, all, expected) => {
  expect(credentialsFor(issuer, all)).toBe(expected);
});

test('token_url beside url wins, and the issuer stays that of the url', () => {
  const both = at({ url: 'https://a.example', token_url: 'https://b.example/token' });
  expect([both.tokenEndpoint, issuerOf(both)]).toEqual(['https://b.example/token', 'https://a.example/oauth/token']);
});
