import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { VerifierContent } from '../../src/model/verifier-content';
import { temporaryFolder } from '../support/temporary-folder';

/** Bytes that the verifier may have: what it weighs is what every cluster carries. docs/verification-job.md says what it has. */
const limits = { plain: 950_000, compressed: 320_000 };

function bundle(): {
  text: string;
  content: VerifierContent;
  inputs: { bytes: number; inputs: string[]; packages: string[] };
  licenses: string;
} {
  const folder = temporaryFolder();
  execFileSync(process.execPath, ['scripts/bundle-verifier.mjs', folder]);
  const [text, inputs, licenses] = ['verifier.json', 'inputs.json', 'LICENSES.txt'].map((name) => readFileSync(join(folder, name), 'utf8'));
  return { text: text ?? '', content: JSON.parse(text ?? ''), inputs: JSON.parse(inputs ?? ''), licenses: licenses ?? '' };
}

const first = bundle();
const compressed = Buffer.from(first.content.gzip, 'base64');

test('the same sources give the same bytes', () => {
  expect(bundle().text).toBe(first.text);
});

test('the digest is that of the compressed bytes', () => {
  expect(createHash('sha256').update(compressed).digest('hex')).toBe(first.content.sha256);
});

test('the compressed file says nothing of time and machine', () => {
  expect([...compressed.subarray(4, 8), compressed[9]]).toEqual([0, 0, 0, 0, 255]);
});

test('it stays within its size', () => {
  expect(compressed.length).toBeLessThan(limits.compressed);
  expect(gunzipSync(compressed).length).toBeLessThan(limits.plain);
});

test('the documented size is the real one, to a tenth', () => {
  const [, kilobytes = ''] = /(\d+) kB compressed/.exec(readFileSync('docs/verification-job.md', 'utf8')) ?? [];
  expect(Math.abs(Number(kilobytes) * 1000 - compressed.length) / compressed.length).toBeLessThan(0.1);
});

test('it carries what verify uses and nothing else', () => {
  const folders = [...new Set(first.inputs.inputs.flatMap((path) => /^src\/([^/]+)\//.exec(path)?.[1] ?? []))];
  expect(folders.sort()).toEqual(['cli', 'config', 'files', 'http', 'model', 'report', 'token', 'verify']);
  expect(first.inputs.inputs.filter((path) => path.startsWith('src/config/')).sort()).toEqual([
    'src/config/place.ts',
    'src/config/problems.ts',
    'src/config/read-mapping.ts',
    'src/config/source-document.ts',
    'src/config/source-slices.ts',
  ]);
  expect(first.inputs.inputs.filter((path) => /^src\/cli\/commands\/(?!verify|baseline|token-)/.test(path))).toEqual([]);
  expect(first.inputs.packages).toEqual([
    'agent-base',
    'axios',
    'commander',
    'follow-redirects',
    'https-proxy-agent',
    'jose',
    'jsonc-parser',
    'picocolors',
    'proxy-from-env',
    're2js',
    'yaml',
  ]);
});

test('the licence of every package in it goes with it', () => {
  const parts = first.licenses.split('\n----\n\n');
  expect(parts.map((part) => part.split(' ')[0])).toEqual(first.inputs.packages);
  expect(parts.filter((part) => !/copyright|permission to use/i.test(part) || !/without warranty|"as is"/i.test(part))).toEqual([]);
});
