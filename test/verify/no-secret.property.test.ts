import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { main } from '../../src/cli/main';
import { reportFormats } from '../../src/cli/report-formats';
import { startGateway, type Change } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import { serve } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, host, manifestFor } from '../support/verify-deployment';

let issuer: TestIssuer;
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
});
afterAll(() => issuer.close());

/** Gateways that repeat what they were sent, in the places that a report looks at. */
const parrots: Readonly<Record<string, (sent: () => string) => Change>> = {
  'in its refusals': (sent) => () => ({ refuse: () => ({ status: 401, type: 'text/plain', body: sent() }) }),
  'in JSON under a crash': (sent) => (sound) => ({
    workload: (request) => ({ ...sound.workload(request), status: 500, body: JSON.stringify({ error: sent() }) }),
  }),
  'in a redirect': (sent) => () => ({ refuse: () => ({ status: 302, headers: { location: `/login?next=${sent()}` } }) }),
  'in headers': (sent) => (sound) => ({
    refuse: (reason) => ({ ...sound.refuse(reason), headers: { 'x-sent': sent(), 'content-language': sent() } }),
  }),
  'and lets everybody in': (sent) => () => ({
    bypass: () => true,
    workload: () => ({ status: 200, type: 'text/plain', body: `welcome ${sent()}` }),
  }),
};

const encoders: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => encodeURIComponent(text),
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(`x${text}`).toString('base64url'),
];

const secretText = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019$=!|+/&%')), minLength: 12, maxLength: 40 });

interface Shown {
  readonly text: string;
  readonly tokens: readonly string[];
}

/** Everything that one run writes: standard output, standard error, and a report in every format. */
async function shownBy(
  secret: string,
  change: (sent: () => string) => Change,
  encode: (text: string) => string,
  tokenUrl?: string,
): Promise<Shown> {
  const tokens = new Set<string>();
  let sent = '';
  const gateway = await startGateway(
    issuer,
    (sound) => ({
      route(request) {
        sent = encode(request.headers.authorization ?? request.query.toString()).replace(/[^\x20-\x7e]/g, '');
        const token = request.headers.authorization?.slice('Bearer '.length);
        if (token?.startsWith('ey')) tokens.add(token);
        return sound.route(request);
      },
    }),
    change(() => sent),
  );
  const key = JSON.parse(serviceKey(issuer, 'good')) as Record<string, string>;
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'rule.json'), manifestFor(issuer));
  writeFileSync(
    join(cwd, 'good.json'),
    JSON.stringify({ ...key, clientsecret: secret, ...(tokenUrl !== undefined && { token_url: tokenUrl }) }),
  );
  const captured = captureIo({ cwd });
  const reports = reportFormats.flatMap((format) => ['--report', `${format}=report.${format}`]);
  const args = [
    '--target',
    `${host}=${gateway.url}`,
    '--credentials',
    'good.json',
    '--only',
    `GET ${host}/orders`,
    '--verbose',
    ...reports,
  ];
  try {
    await main(['verify', join(cwd, 'rule.json'), ...args], captured.io, '1.2.3');
  } finally {
    await gateway.close();
  }
  const files = reportFormats.map((format) => readFileSync(join(cwd, `report.${format}`), 'utf8'));
  return { text: [captured.stdout(), captured.stderr(), ...files].join('\n'), tokens: [...tokens] };
}

/** The text, and what a reader gets who decodes every word of it. */
function decodings(text: string): string {
  const words = [...new Set(text.match(/[A-Za-z0-9+/_%=-]{12,}/g) ?? [])];
  const decoded = words.flatMap((word) => [
    ...[0, 1, 2, 3].map((skip) => Buffer.from(word.slice(skip), 'base64').toString('latin1')),
    word.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  ]);
  return [text, ...decoded].join('\n');
}

/** Pieces of payloads and signatures, for a report may cut a text off; never of the header that every token of a key shares. */
function leaked({ text, tokens }: Shown, secret: string): string[] {
  const readable = decodings(text);
  const parts = tokens.flatMap((token) => token.split('.').slice(1)).flatMap((part) => part.match(/.{24}/g) ?? []);
  return [...new Set([secret, ...parts])].filter((part) => readable.includes(part));
}

test.each(Object.keys(parrots))('no output of a run shows a token or a secret when the target repeats what it gets %s', async (place) => {
  await fc.assert(
    fc.asyncProperty(secretText, fc.constantFrom(...encoders), async (secret, encode) => {
      const shown = await shownBy(secret, parrots[place]!, encode);
      expect(shown.tokens.length).toBeGreaterThan(5);
      expect(leaked(shown, secret)).toEqual([]);
    }),
    { numRuns: 4 },
  );
});

test('no output of a run shows a secret that a token endpoint repeats in its errors', async () => {
  await fc.assert(
    fc.asyncProperty(secretText, fc.constantFrom(...encoders), fc.constantFrom(400, 401, 200, 302), async (secret, encode, status) => {
      const parrot = await serve((request, response) => {
        let form = '';
        request.on('data', (chunk: Buffer) => (form += chunk.toString()));
        request.on('end', () => {
          const sent = encode(new URLSearchParams(form).get('client_secret') ?? request.headers.authorization ?? '');
          response.writeHead(status, { 'content-type': 'application/json', location: `/${encodeURIComponent(sent)}` });
          response.end(JSON.stringify({ error: 'invalid_client', error_description: sent, issuer: sent }));
        });
      });
      const shown = await shownBy(
        secret,
        () => () => ({}),
        (text) => text,
        parrot.url,
      );
      await parrot.close();
      expect(leaked(shown, secret)).toEqual([]);
    }),
    { numRuns: 6 },
  );
});

test('no body of an authorised answer reaches an output', async () => {
  const { text } = await shownBy('secret-of-good', parrots['and lets everybody in']!, (sent) => sent);
  expect([text.includes('welcome'), text.includes('no-token')]).toEqual([false, true]);
});
