import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { secretForms } from '../../src/config/secret-forms';
import { cpuTime, endless } from '../support/cpu-time';
import { configFolder, lockText, oneFunction } from '../support/config-folder';
import { captureIo } from '../support/fake-io';

const yaml = oneFunction(`{ path: /a, methods: [GET], access: { jwt: { issuers: [xsuaa] } } }`);

/** Put together here, so that no scanner takes this file for a leak. */
const made = (...parts: readonly string[]): string => parts.join('');
const word = (length: number): string => 'aB3dE5gH7jK9'.repeat(10).slice(0, length);
const token = made('eyJ', word(20), '.eyJ', word(30), '.', word(40));
const basic = Buffer.from('me:secret').toString('base64');

const credentials: readonly (readonly [string, string])[] = [
  ['a GitHub token', made('ghp', '_', word(36))],
  ['a GitHub token', made('gho', '_', word(36))],
  ['a GitHub token', made('github', '_pat_', word(22), '_', word(59))],
  ['a GitLab token', made('glpat', '-', word(20))],
  ['a Slack token', made('xoxb', '-1234567890-', word(24))],
  ['a Slack token', made('xoxp', '-1234567890-', word(24))],
  ['an npm token', made('npm', '_', word(36))],
  ['an AWS access key', made('AKIA', 'IOSFODNN7EXAMPLE')],
  ['a Google API key', made('AIza', word(35))],
  ['a Stripe key', made('sk', '_live_', word(24))],
  ['a token (JWT)', token],
  ['a private key', made('-----BEGIN ', 'RSA PRIVATE KEY-----')],
  ['a private key', made('-----BEGIN ', 'PRIVATE KEY-----')],
  ['a URL with a password', made('postgres://me:', 'abcdefgh@db.example.com/x')],
  ['a URL with a password', made('redis://:', 'abcdefgh@cache:6379')],
  ['an Authorization value', made('Basic ', basic)],
  ['an Authorization value', made('Bearer ', 'abcdefgh1234')],
];

async function synth(text: string, files: Readonly<Record<string, string>> = {}): Promise<{ code: number; text: string }> {
  const captured = captureIo();
  const config = configFolder(text, { 'kyma-guard.lock.yaml': lockText, ...files });
  const code = await main(['synth', '--config', config], captured.io, '0.0.0');
  return { code, text: captured.stdout() + captured.stderr() };
}

test.each(credentials)('%s as the value of a variable is refused with its place, and not repeated', async (what, secret) => {
  const done = await synth(yaml.replace('runtime:', `env: { LABEL: ${JSON.stringify(secret)} }\n    runtime:`));
  expect(done).toMatchObject({ code: 2, text: expect.stringContaining(`functions.fn.env.LABEL: holds ${what}`) });
  expect(done.text).not.toContain(secret);
});

test.each(credentials)('%s in the source of a Function is refused with file, line and column', async (what, secret) => {
  const handler = `// first line\nconst x = '${secret}';\nmodule.exports = { main: () => x };\n`;
  const done = await synth(yaml, { 'fn/handler.js': handler });
  expect([done.code, done.text]).toEqual([2, expect.stringContaining(`${join('fn', 'handler.js')}:2:1`)]);
  expect(done.text).toContain(`holds ${what}`);
  expect(done.text).not.toContain(secret);
});

test.each([
  [
    'a data file',
    { 'fn/handler.js': "module.exports = { main: () => require('./data.json') };", 'fn/data.json': '["SECRET"]' },
    'fn/data.json:1:3',
  ],
  ['the dependencies', { 'fn/package.json': '{\n"dependencies": {"a": "git+https://SECRET@github.com/a/b"}}' }, 'fn/package.json:2:'],
])('a credential in %s is refused', async (_, files, place) => {
  const [, secret = ''] = credentials[0] ?? [];
  const filled = Object.entries(files).map(([path, text]) => [path, text.replace('SECRET', secret)]);
  expect(await synth(yaml, Object.fromEntries(filled))).toMatchObject({ code: 2, text: expect.stringContaining(place) });
});

test.each([
  'Basic authentication',
  'Bearer authentication-required',
  'Bearer ${token}',
  'https://example.com:8443/a@b',
  'https://${user}:${password}@example.com',
  'npm_config_registry',
  'xoxo-kisses',
  'sk_test_is_not_live',
  'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
  '7f3c9a52-1f0e-4a7b-9a75-2f4d8c0b1e11',
  'AKIA is a prefix',
])('%s is no secret', async (text) => {
  const done = await synth(yaml.replace('runtime:', `env: { LABEL: ${JSON.stringify(text)} }\n    runtime:`), {
    'fn/handler.js': `// ${text}\nconst x = ${JSON.stringify(text)};\nmodule.exports = { main: () => x };\n`,
  });
  expect(done.code).toBe(0);
});

test('docs/config.md names every form that is recognised', () => {
  const docs = readFileSync('docs/config.md', 'utf8');
  expect(secretForms.filter(({ what }) => !docs.includes(what.replace(/^an? /, ''))).map(({ what }) => what)).toEqual([]);
});

test.each(['eyJ-'.repeat(40_000), 'a.'.repeat(80_000), 'a://b:'.repeat(30_000), 'Basic '.repeat(30_000), '-----BEGIN '.repeat(15_000)])(
  'hostile text costs no time',
  (text) => {
    const spent = cpuTime();
    for (const { pattern } of secretForms) for (const _match of text.matchAll(pattern));
    expect(spent()).toBeLessThan(endless);
  },
);
