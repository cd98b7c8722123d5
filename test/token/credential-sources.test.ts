import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../../src/files/files';
import { CredentialsInvalidError, FileUnreadableError } from '../../src/model/errors';
import {
  credentialsFromVariables,
  credentialsFromVcap,
  defaultCredentials,
  readCredentials,
  splitArgument,
} from '../../src/token/credential-sources';
import { clientSecret, serviceKey } from '../support/credentials';
import { temporaryFolder } from '../support/temporary-folder';

const key = serviceKey();
const filesBelow = (prefix: string): Record<string, string> =>
  Object.fromEntries(Object.entries({ ...key, type: 'xsuaa' }).map(([name, value]) => [`${prefix}${name}`, value]));

test.each([
  ['a binding folder', filesBelow('')],
  ['a root of bindings', filesBelow('geo-xsuaa/')],
  ['service and instance folders', filesBelow('xsuaa/geo/')],
  ['one file for all', { 'geo/credentials': JSON.stringify(key), 'geo/type': 'xsuaa' }],
  ['files with a line end', Object.fromEntries(Object.entries(filesBelow('geo/')).map(([name, text]) => [name, `${text}\n`]))],
  ['a binding beside other folders', { ...filesBelow('geo/'), 'postgres/uri': 'postgres://x', '.hidden/clientid': 'x' }],
])('%s is read', async (_, files) => {
  const [got, ...more] = await readCredentials(temporaryFolder(files), diskFiles);
  expect(got).toMatchObject({ clientId: key.clientid, tokenEndpoint: `${key.url}/oauth/token` });
  expect(clientSecret(got).reveal()).toBe(key.clientsecret);
  expect(more).toEqual([]);
});

/** As Kubernetes mounts a Secret: the names are links into a folder that is swapped as a whole. */
function mount(members: Record<string, unknown>): { folder: string; rotate: (members: Record<string, unknown>) => void } {
  const folder = temporaryFolder();
  const write = (to: string, content: Record<string, unknown>): void => {
    mkdirSync(join(folder, to), { recursive: true });
    for (const [name, value] of Object.entries(content)) writeFileSync(join(folder, to, name), String(value));
  };
  write('..2026_01_01', members);
  symlinkSync('..2026_01_01', join(folder, '..data'));
  for (const name of Object.keys(members)) symlinkSync(join('..data', name), join(folder, name));
  return { folder, rotate: (fresh) => write('..2026_01_01', fresh) };
}

test('a mounted Secret is read through its links, and again after a rotation', async () => {
  const { folder, rotate } = mount(key);
  const [got] = await readCredentials(folder, diskFiles);
  rotate({ clientsecret: 'the-next-secret' });
  expect(clientSecret(got).reveal()).toBe(key.clientsecret);
  expect(clientSecret(await got?.reread?.()).reveal()).toBe('the-next-secret');
});

test.each([
  ['an empty folder', {}],
  ['a folder without a client', { 'postgres/uri': 'postgres://x' }],
  ['a binding without its secret', { 'geo/clientid': 'x', 'geo/url': 'https://x.example' }],
])('%s is refused', async (_, files) => {
  await expect(readCredentials(temporaryFolder(files), diskFiles)).rejects.toThrow(CredentialsInvalidError);
});

test('a path that is not there is an unreadable file', async () => {
  await expect(readCredentials(join(temporaryFolder(), 'none.json'), diskFiles)).rejects.toThrow(FileUnreadableError);
});

test('the dash reads standard input', async () => {
  const [got] = await readCredentials('https://i.example=-', diskFiles, async () => JSON.stringify(key));
  expect(got).toMatchObject({ source: '<stdin>', issuer: 'https://i.example' });
});

test.each([
  ['key.json', { path: 'key.json' }],
  ['https://i.example/oauth/token=key.json', { issuer: 'https://i.example/oauth/token', path: 'key.json' }],
  ['accounts.google.com=./a=b.json', { issuer: 'accounts.google.com', path: './a=b.json' }],
  ['./a=b.json', { path: './a=b.json' }],
  ['/a=b/key.json', { path: '/a=b/key.json' }],
  ['-', { path: '-' }],
])('the argument %s is split', (argument, expected) => {
  expect(splitArgument(argument)).toEqual(expected);
});

const vcap = (services: Record<string, unknown>): string => JSON.stringify(services);

test('VCAP_SERVICES gives XSUAA clients, and others only with a token_url', () => {
  const entry = (name: string, more = {}) => ({ name, credentials: { ...key, ...more } });
  const text = vcap({
    xsuaa: [entry('a'), entry('b')],
    destination: [entry('c')],
    identity: [entry('d', { token_url: 'https://d.example/t' })],
    db: [{ name: 'e', credentials: null }],
  });
  expect(credentialsFromVcap(text).map(({ label }) => label)).toEqual(['a', 'b', 'd']);
});

test.each(['', 'no json', '[]'])('VCAP_SERVICES with %j is refused', (text) => {
  expect(() => credentialsFromVcap(text)).toThrow(CredentialsInvalidError);
});

const variables = { KYMA_GUARD_CLIENT_ID: 'c', KYMA_GUARD_CLIENT_SECRET: 's', KYMA_GUARD_URL: 'https://a.example' };

test('the variables make a client; a missing one is named', () => {
  expect(credentialsFromVariables(variables)).toMatchObject({ clientId: 'c', tokenEndpoint: 'https://a.example/oauth/token' });
  expect(credentialsFromVariables({})).toBeUndefined();
  for (const name of Object.keys(variables)) expect(() => credentialsFromVariables({ ...variables, [name]: '' })).toThrow(name);
});

test('without an option the mounted bindings count, then VCAP_SERVICES, then the variables', async () => {
  const root = temporaryFolder(filesBelow('geo/'));
  const env = { SERVICE_BINDING_ROOT: root, VCAP_SERVICES: vcap({ xsuaa: [{ name: 'v', credentials: key }] }), ...variables };
  const labels = async (given: Record<string, string>) => (await defaultCredentials(given, diskFiles)).map(({ label }) => label);
  expect(await labels(env)).toEqual(['geo']);
  expect(await labels({ ...env, SERVICE_BINDING_ROOT: '' })).toEqual(['v']);
  expect(await labels({ ...variables, VCAP_SERVICES: '{}' })).toEqual(['KYMA_GUARD_*']);
  expect(await labels({})).toEqual([]);
});
