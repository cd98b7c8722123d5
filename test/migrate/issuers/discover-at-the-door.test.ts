import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { main } from '../../../src/cli/main';
import type { JsonObject } from '../../../src/model/json';
import { captureIo } from '../../support/fake-io';
import { serve, type RunningServer } from '../../support/http-server';
import { handlerRule, oldObject } from '../../support/old-objects';
import { temporaryFolder } from '../../support/temporary-folder';

let one: RunningServer;
let other: RunningServer;
let asked: string[];

const provider = (issuerOf: (url: string) => string): Promise<RunningServer> =>
  serve((request, response) => {
    const url = `http://${request.headers.host ?? ''}`;
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const isDocument = request.url === '/.well-known/openid-configuration';
    const body = isDocument ? { issuer: issuerOf(url), jwks_uri: `${url}/a/keys` } : {};
    response.writeHead(isDocument ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });

beforeEach(async () => {
  asked = [];
  [one, other] = await Promise.all([provider((url) => url), provider((url) => url)]);
});
afterEach(() => Promise.all([one.close(), other.close()]));

/** A rule that trusts both providers. */
const rule = (jwksUrls: string[]): JsonObject =>
  oldObject([handlerRule('/a', 'jwt', { trusted_issuers: [one.url, other.url], jwks_urls: jwksUrls })]);

async function migrate(
  object: JsonObject,
  args: readonly string[],
): Promise<{ exit: number; stdout: string; stderr: string; cwd: string }> {
  const cwd = temporaryFolder({ 'rule.yaml': stringify(object) });
  const { io, stdout, stderr } = captureIo({ cwd });
  const exit = await main(['migrate', 'rule.yaml', ...args], io, '0.0.0');
  return { exit, stdout: stdout(), stderr: stderr(), cwd };
}

test('discovery documents answer what the addresses do not tell', async () => {
  const keys = [`${other.url}/a/keys`, `${one.url}/a/keys`, `${one.url}/b/keys`];
  const without = await migrate(rule(keys), []);
  expect([without.exit, without.stderr]).toEqual([1, expect.stringContaining('cannot be told from the addresses')]);
  expect(asked).toEqual([]);
  const found = await migrate(rule(keys), ['--discover', '--scope', '127.0.0.1']);
  expect(found.exit).toBe(0);
  expect(parse(found.stdout)).toMatchObject({
    spec: {
      rules: [
        {
          jwt: {
            authentications: [
              { issuer: one.url, jwksUri: `${one.url}/a/keys` },
              { issuer: other.url, jwksUri: `${other.url}/a/keys` },
            ],
          },
        },
      ],
    },
  });
  // The other issuer has one key address on its own origin, which is no question.
  expect(asked).toEqual(['GET /.well-known/openid-configuration']);
});

test('what they do not answer is in the template', async () => {
  const keys = [`${one.url}/b/keys`, `${one.url}/c/keys`];
  const { exit, stderr, cwd } = await migrate(rule(keys), ['--discover', '--scope', '127.0.0.1', '--write-issuers', 'issuers.yaml']);
  expect([exit, stderr]).toEqual([1, expect.stringContaining(`names the issuer "${one.url}" and keys at "${one.url}/a/keys"`)]);
  expect(readFileSync(join(cwd, 'issuers.yaml'), 'utf8')).toContain(`issuer: "${one.url}"`);
});
