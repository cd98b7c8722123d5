import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { emptyLock, parseLock, printLock, withEntry, type LockEntry } from '../../src/config/lock-file';
import { configFolder, failuresOf, lockText, oneFunction, problemsOf } from '../support/config-folder';

const learnt = { clientId: 'service key', issuer: 'token', jwksUri: 'discovery', xsappname: 'service key' } as const;
const text = fc.string({ minLength: 1, maxLength: 30 });
const entry: fc.Arbitrary<LockEntry> = fc
  .record({ clientId: text, issuer: text, jwksUri: text, xsappname: text })
  .map((facts) => ({ ...facts, learnt }));
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);

test('a lock that is written and read again is the same lock', () => {
  fc.assert(
    fc.property(fc.dictionary(name, fc.dictionary(name, entry)), (environments) => {
      const parsed = parseLock(printLock({ version: 1, environments }), 'lock');
      expect('lock' in parsed && parsed.lock).toEqual({ version: 1, environments });
    }),
  );
});

test('the order in which entries were learnt does not show', () => {
  fc.assert(
    fc.property(entry, entry, (a, b) => {
      const oneWay = withEntry(withEntry(emptyLock, 'dev', 'x', a), 'prod', 'y', b);
      const otherWay = withEntry(withEntry(emptyLock, 'prod', 'y', b), 'dev', 'x', a);
      expect(printLock(oneWay)).toBe(printLock(otherWay));
    }),
  );
});

test('the lock file of the example is as lock would write it', () => {
  const written = readFileSync('kyma-guard.lock.yaml', 'utf8');
  const parsed = parseLock(written, 'kyma-guard.lock.yaml');
  expect('lock' in parsed && printLock(parsed.lock)).toBe(written);
});

test('a lock has no place for secrets and times', () => {
  const printed = printLock(withEntry(emptyLock, 'dev', 'x', { clientId: 'c', issuer: 'i', jwksUri: 'j', xsappname: 'n', learnt }));
  expect('issues' in parseLock(printed.replace('clientId: "c"', 'clientId: c\n      clientsecret: s'), 'lock')).toBe(true);
});

const good = oneFunction(`{ path: /a, methods: [GET], access: { jwt: { issuers: [xsuaa] } } }`);

test('a hold on an issuer that the lock file knows is a problem', async () => {
  const path = configFolder(`${good}hold: [xsuaa]\n`, { 'kyma-guard.lock.yaml': lockText });
  expect((await problemsOf(path)).join()).toContain('hold[0]: holds xsuaa, which the lock file knows');
});

test('a lock entry of another application is a problem with both names', async () => {
  const path = configFolder(good, { 'kyma-guard.lock.yaml': lockText.replace('xsappname: geo!t7', 'xsappname: other!t7') });
  expect((await problemsOf(path)).join()).toMatch(/issuers\.xsuaa\.security: declares the application "geo", but .* "other!t7"/);
});

test('a lock file of another form is a problem that says how it is made', async () => {
  const [first] = await failuresOf(configFolder(good, { 'kyma-guard.lock.yaml': lockText.replace('clientId: sb-geo!t7', 'clientId: 7') }));
  expect(first).toMatchObject({ where: { line: 5 }, fix: expect.stringContaining('kyma-guard lock') });
});
