import fc from 'fast-check';
import { createRedactor, type Redactor } from '../../src/report/redact';
import { formats, reportFullOf, rulesFullOf } from './formats';

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = fc
  .record({ sub: fc.string(), kid: fc.string(), signature: fc.uint8Array({ minLength: 0, maxLength: 64 }) })
  .map(
    ({ sub, kid, signature }) =>
      `${base64url({ alg: 'RS256', kid })}.${base64url({ sub })}.${Buffer.from(signature).toString('base64url')}`,
  );
const secret = fc
  .string({ unit: fc.constantFrom(...Array.from('abcXYZ019$=!|+/ "\\&%')), minLength: 8, maxLength: 60 })
  .filter((text) => text.trim() === text);
const carriers: ((text: string) => string)[] = [
  (text) => text,
  (text) => `Bearer ${text}`,
  (text) => `https://host/?access_token=${encodeURIComponent(text)}`,
  (text) => JSON.stringify({ client_secret: text }),
  (text) => `Basic ${Buffer.from(`client:${text}`).toString('base64')}`,
  (text) => Buffer.from(text).toString('base64'),
  (text) => Buffer.from(`x${text}`).toString('base64url'),
];

/** What leaves the tool, as the command line makes it: reports are cleaned text by text before they are rendered, lines as a whole. */
const outputs: Readonly<Record<string, (text: string, redactor: Redactor) => string>> = {
  ...Object.fromEntries(
    Object.entries(formats).map(([name, render]) => [
      name,
      (text: string, redactor: Redactor) => render(redactor.cleanAll(reportFullOf(text)), redactor.cleanAll(rulesFullOf(text))),
    ]),
  ),
  log: (text, redactor) => redactor.clean(text),
};

describe.each(Object.keys(outputs))('%s', (format) => {
  test('never shows a token, however it is wrapped', () => {
    fc.assert(
      fc.property(token, fc.constantFrom(...carriers.slice(0, 4)), (value, wrap) => {
        const [, payload = '', signature = ''] = value.split('.');
        const shown = outputs[format]!(wrap(value), createRedactor());
        expect(shown).not.toContain(payload);
        expect(signature.length > 8 && shown.includes(signature)).toBe(false);
      }),
    );
  });

  test('never shows a secret it has learnt: as it is, quoted, URL-encoded or base64', () => {
    fc.assert(
      fc.property(secret, fc.constantFrom(...carriers), (value, wrap) => {
        const redactor = createRedactor();
        redactor.learn(value);
        const shown = outputs[format]!(wrap(value), redactor);
        expect(shown).not.toContain(value);
        expect(decodings(shown).filter((text) => text.includes(value))).toEqual([]);
      }),
    );
  });
});

/** What a reader gets who decodes every word that could be base64 or URL-encoded. */
function decodings(text: string): string[] {
  const words = text.match(/[A-Za-z0-9+/_%=-]{8,}/g) ?? [];
  return words.flatMap((word) => [
    Buffer.from(word, 'base64').toString(),
    ...[word.replace(/%(?![0-9A-Fa-f]{2})/g, '%25')].map((safe) => tryDecode(safe)),
  ]);
}

function tryDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

test('a private key does not survive, complete or cut off', () => {
  const { clean } = createRedactor();
  expect(clean('a -----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY----- b')).toBe('a [redacted key] b');
  expect(clean('a -----BEGIN RSA PRIVATE KEY-----\nMIIE')).toBe('a [redacted key]');
  expect(clean('{"kty":"RSA","d":"abc","e":"AQAB"}')).toBe('{"kty":"RSA","d":"[redacted]","e":"AQAB"}');
});

test('ordinary words and the $TOKEN of a curl line stay', () => {
  const line = "curl -H 'Authorization: Bearer $TOKEN' 'https://host/path'";
  expect(createRedactor().clean(line)).toBe(line);
});

const hostileLeaf = fc.string({
  unit: fc.constantFrom('a', '"', '\\', 'password: "', '-----BEGIN PRIVATE KEY-----', '{"k":"', 'access_token=', 'Bearer ', '\n', '}', ','),
});

test('one text cannot take away or break its neighbours', () => {
  fc.assert(
    fc.property(hostileLeaf, (text) => {
      const { results, data } = JSON.parse(outputs['json']!(text, createRedactor()));
      expect([results[0].id, results[0].status, results.length, data.notes.length]).toEqual(['at-fail', 'fail', 11, 1]);
    }),
  );
});

test.each([
  ['a message that only names such a value', 'API_PASSWORD: looks like a secret, and none is accepted here'],
  ['an address whose path has an @', 'https://idp.example.com/users/@me and bob@example.com'],
  ['the garbage that stands in the place of a token', "curl 'https://host/?access_token=not.good.token'"],
])('%s stays readable', (_, text) => {
  expect(createRedactor().clean(text)).toBe(text);
});

test.each([
  ['a form', 'grant_type=x&client_secret=abcdef123', 'grant_type=x&client_secret=[redacted]'],
  ['JSON', '{"access_token": "abc"}', '{"access_token": "[redacted]"}'],
  ['JSON inside JSON', '{\\"access_token\\":\\"abc\\"}', '{\\"access_token\\":\\"[redacted]\\"}'],
  [
    'the address of a service',
    'keys at https://bob:hunter2@idp.example.com:8443/keys',
    'keys at https://[redacted]@idp.example.com:8443/keys',
  ],
  ['an address with nothing but a token for a user', 'https://ghp_abcdef@idp.example.com', 'https://[redacted]@idp.example.com'],
  ['the query of an address', 'https://idp.example.com/keys?v=1&token=abc123&x=2', 'https://idp.example.com/keys?v=1&token=[redacted]&x=2'],
  ['a line of YAML', '  clientsecret: abcdef123', '  clientsecret: [redacted]'],
])('a value that is named as a secret goes from %s', (_, text, cleaned) => {
  expect(createRedactor().clean(text)).toBe(cleaned);
});
