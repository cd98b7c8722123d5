import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { escapeEnvValue, expandedBytes, maxEnvBytes } from '../../src/model/env-expansion';
import { kubeletExpand } from '../support/kubelet-expansion';

const platform = { FUNC_NAME: 'location', SERVICE_NAMESPACE: 'geo' };

test.each([
  ["a cash register's `$$5`", "price = '$$5'", "price = '$5'"],
  ['a shell text with a known name', 'log("$(FUNC_NAME)")', 'log("location")'],
  ['a regular expression', 'text.replace(/x/g, "$$&")', 'text.replace(/x/g, "$&")'],
  ['three dollars before a name', '"$$$(FUNC_NAME)"', '"$location"'],
])('%s arrives altered unless it is escaped', (_, source, altered) => {
  expect(kubeletExpand(source, platform)).toBe(altered);
  expect(kubeletExpand(escapeEnvValue(source), platform)).toBe(source);
});

test.each(['`${name}`', '$', 'a$', '$ (x)', '$1', 'jQuery = $;'])('%s stays readable, because the kubelet leaves it alone', (source) => {
  expect(escapeEnvValue(source)).toBe(source);
  expect(kubeletExpand(source, platform)).toBe(source);
});

const tricky = fc.string({ unit: fc.constantFrom('$', '(', ')', '{', '}', 'FUNC_NAME', 'x', 'ü', '\n') });

test('whatever the source is, the Pod gets it as it was written', () => {
  fc.assert(fc.property(tricky, (source) => kubeletExpand(escapeEnvValue(source), platform) === source));
});

test('escaping takes nothing from the room that a source has', () => {
  fc.assert(fc.property(tricky, (source) => expandedBytes(escapeEnvValue(source)) === Buffer.byteLength(source)));
});

test.each(['FUNC_HANDLER_SOURCE', 'FUNC_HANDLER_DEPENDENCIES'])('Linux starts no process with a %s of one byte more', (name) => {
  const startWith = (bytes: number) => spawnSync('/bin/true', { env: { [name]: 'x'.repeat(bytes) } });
  expect(startWith(maxEnvBytes(name)).status).toBe(0);
  const tooLong = process.platform === 'linux' ? 'spawnSync /bin/true E2BIG' : undefined;
  expect(startWith(maxEnvBytes(name) + 1).error?.message).toBe(tooLong);
});

test('a source may have 131,051 bytes', () => {
  expect(maxEnvBytes('FUNC_HANDLER_SOURCE')).toBe(131_051);
});
