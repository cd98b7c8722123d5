import fc from 'fast-check';
import pc from 'picocolors';
import { checkResult, type CheckResult } from '../../src/model/check-result';
import { renderJson } from '../../src/report/json';
import { createRedactor } from '../../src/report/redact';
import { createReport } from '../../src/report/report';
import { renderText } from '../../src/report/text';

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

function reportWith(text: string): ReturnType<typeof createReport> {
  const result: CheckResult = checkResult({
    id: 'x',
    status: 'fail',
    severity: 'high',
    title: 't',
    message: text,
    reason: text,
    actual: text,
    curl: text,
    fix: text,
    where: { file: text },
  });
  return createReport({
    verb: 'verify',
    run: { labels: { note: text }, inputDigest: '' },
    results: [result],
    data: { notes: [text] },
    version: '1',
  });
}

const outputs: Readonly<Record<string, (text: string) => string>> = {
  text: (text) => renderText(reportWith(text), { colors: pc.createColors(false), verbose: true }),
  json: (text) => renderJson(reportWith(text)),
  log: (text) => text,
};

describe.each(Object.keys(outputs))('%s', (format) => {
  test('never shows a token, however it is wrapped', () => {
    fc.assert(
      fc.property(token, fc.constantFrom(...carriers.slice(0, 4)), (value, wrap) => {
        const [, payload = '', signature = ''] = value.split('.');
        const shown = createRedactor().clean(outputs[format]!(wrap(value)));
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
        const shown = redactor.clean(outputs[format]!(wrap(value)));
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
