import { authorizerToName } from '../../src/model/controller/authorizer-problems';
import { readMigrated } from '../support/read-migrated';
import { acceptGolden, claimsOf, exitOf, expectedOf, goldenNames, runAgain, runGolden, squeezed, writtenBy } from '../support/golden-cases';

const update = process.env['UPDATE_GOLDEN'];
const names = goldenNames().filter((name) => expectedOf(name).size > 0 || isAccepted(name));

/** Set to 1 to accept what all cases write now, or to the name of one case. */
function isAccepted(name: string): boolean {
  return update === '1' || update === name;
}

test('there are cases enough', () => {
  expect(goldenNames().length).toBeGreaterThanOrEqual(60);
});

for (const name of names)
  describe(`case ${name}`, () => {
    test('writes what is expected, byte for byte', async () => {
      const run = await runGolden(name);
      if (isAccepted(name)) acceptGolden(name, run);
      expect(Object.fromEntries(run.files)).toEqual(Object.fromEntries(expectedOf(name)));
      expect([run.exit, run.stderr]).toEqual([exitOf(name), expect.anything()]);
    });

    for (const { text, file, lacks, wanted } of claimsOf(name))
      test(`claim: ${text}`, () => {
        const found = squeezed(expectedOf(name).get(file) ?? '');
        expect([file, found.includes(wanted) !== lacks || found]).toEqual([file, true]);
      });

    test('what it writes is valid', async () => {
      const found = await readMigrated(writtenBy(name));
      // The name of an authorizer is left to people, and what stands in its place is told.
      expect(found.filter((line) => !line.includes(authorizerToName))).toEqual([]);
    });

    test('what it writes is done: a second run changes nothing', async () => {
      const written = writtenBy(name);
      const again = written.length > 0 ? await runAgain(name) : undefined;
      const texts = new Map(
        [...(again?.files ?? [])].filter(([path]) => path !== 'report.json').map(([path, text]) => [path.replace(/^output\//, ''), text]),
      );
      for (const [path, text] of texts) expect([path, text]).toEqual([path, new Map(written).get(path)]);
      // What is left by hand stays so.
      expect(again?.exit ?? 0).toBeLessThanOrEqual(exitOf(name));
    });
  });
