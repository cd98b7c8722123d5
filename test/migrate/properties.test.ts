import * as fc from 'fast-check';
import { clusterOf } from '../../src/model/cluster';
import type { IstioObjects } from '../../src/model/istio';
import { readManifests } from '../../src/model/read-manifests';
import { translate } from '../../src/model/translate';
import { migrateText, type MigratedText } from '../support/migrate-text';
import { good, goodToken, issuer, nothing, request, status } from '../support/model';
import { oldAnswer, type OldCaller, type RandomRule } from '../support/old-gateway';
import { askedMethods, askedPaths, oldText, randomRules, serviceText } from '../support/random-old-rules';
import { readMigrated } from '../support/read-migrated';
import { speaksOf, type ToldRequest } from '../support/told-closed';
import { runs } from '../support/runs';

const head =
  '# Settings of the shop. Do not sort!\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}   # flow style\ndata:\n    zebra:  "1"\n';
const tail = 'kind: Secret   # kind first\napiVersion: v1\nmetadata:\n  name: other\n';

/** A file with an old APIRule between documents of others. */
function fileWith(rules: readonly RandomRule[]): string {
  return [head, `# Public since 2021.\n${oldText(rules)}`, serviceText, tail].join('---\n');
}

/** What the cluster makes of the files that were written. */
function istioOf({ output = '', companions = '' }: MigratedText): IstioObjects {
  return translate(clusterOf([...readManifests(output, 'output').manifests, ...readManifests(companions, 'companions').manifests]).cluster);
}

function newStatus(objects: IstioObjects, method: string, path: string, caller: OldCaller): number | string {
  const call = request(`${method} ${path}`, caller === 'nobody' ? undefined : goodToken);
  return status(objects, call, caller === 'nobody' ? nothing : good(caller === 'token' ? {} : { scope: 'read' }));
}

/** Runs a law over random rules and what they were migrated to. */
function forAll(law: (rules: readonly RandomRule[], migrated: MigratedText) => void | Promise<void>, numRuns = 50): Promise<void> {
  return fc.assert(
    fc.asyncProperty(randomRules, async (rules) => {
      await law(rules, await migrateText(fileWith(rules)));
    }),
    { numRuns: runs(numRuns) },
  );
}

function* calls(): Generator<[method: string, path: string, caller: OldCaller]> {
  for (const method of askedMethods)
    for (const path of askedPaths) for (const caller of ['nobody', 'token', 'token with scope'] as const) yield [method, path, caller];
}

test('enough of the random rules are written for the laws to say something', async () => {
  const runs = fc.sample(randomRules, { numRuns: 40, seed: 1 }).map((rules) => migrateText(fileWith(rules)));
  const written = (await Promise.all(runs)).filter(({ output }) => output !== undefined);
  expect(written.length).toBeGreaterThan(10);
});

test('what is written is valid', async () => {
  await forAll(async (_, { output, companions }) => {
    const files = [['output.yaml', output ?? ''] as const, ['companions.yaml', companions ?? ''] as const];
    expect(output === undefined ? [] : await readMigrated(files)).toEqual([]);
  }, 25);
});

test('nobody gets in without a token, or with one that was refused, who did not get in before', async () => {
  await forAll((rules, migrated) => {
    if (migrated.output === undefined) return;
    const objects = istioOf(migrated);
    const opened = [...calls()].filter(
      ([method, path, caller]) => isShut(rules, method, path, caller) && newStatus(objects, method, path, caller) === 200,
    );
    expect(opened).toEqual([]);
  });
});

test('who got in before gets in now, unless the report says otherwise', async () => {
  await forAll((rules, migrated) => {
    if (migrated.output === undefined) return;
    const objects = istioOf(migrated);
    const closed = [...calls()].filter(
      ([method, path, caller]) => oldAnswer(rules, method, path, caller) === 'open' && newStatus(objects, method, path, caller) !== 200,
    );
    const told = closedBy(migrated.report);
    const silent = closed.filter(
      ([method, , caller]) => !told.some((one) => one.methods.includes(method) && speaksOf(one, caller === 'nobody' ? undefined : issuer)),
    );
    expect(silent).toEqual([]);
  });
});

test('a second run changes nothing', async () => {
  await forAll(async (_, { output }) => {
    const again = output === undefined ? undefined : await migrateText(output);
    expect(again?.output ?? output).toBe(output);
    expect(again?.exit ?? 0).toBe(0);
  });
});

test('comments and documents of others survive byte for byte', async () => {
  await forAll((_, { output }) => {
    if (output === undefined) return;
    expect(output.startsWith(`${head}---\n# Public since 2021.\n`)).toBe(true);
    expect(output.endsWith(`---\n${serviceText}---\n${tail}`)).toBe(true);
  });
});

/** True when old rules did not let a call in, and did not mean to. */
function isShut(rules: readonly RandomRule[], method: string, path: string, caller: OldCaller): boolean {
  const before = oldAnswer(rules, method, path, caller);
  // The gateway answers preflights only where a rule takes OPTIONS, so that it joins the methods of a rule for those whom other methods let in.
  if (method === 'OPTIONS' && askedMethods.some((other) => oldAnswer(rules, other, path, caller) === 'open')) return false;
  // Where several rules took a call, a token that all of them accept is meant to get in.
  return caller === 'nobody' ? before !== 'open' : before === 'refused';
}

/** Requests of which the report says that they are refused from now on. */
function closedBy(report: string): readonly ToldRequest[] {
  const { data } = JSON.parse(report) as { data: { proof: { closed: ToldRequest[] }[] } };
  return data.proof.flatMap(({ closed }) => closed);
}
