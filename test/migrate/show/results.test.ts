import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../../../src/model/check-result';
import { outputOf } from '../../../src/migrate/output/migrated-files';
import type { MigratedGroup } from '../../../src/migrate/migrate-groups';
import { planMigration } from '../../../src/migrate/plan/plan';
import { groupByWorkload } from '../../../src/migrate/plan/workload-group';
import { isProven, proveMigration } from '../../../src/migrate/prove/prove';
import { migrationData } from '../../../src/migrate/show/migration-data';
import { groupResults } from '../../../src/migrate/show/results';
import { migration, oldApiRule, oldRule } from '../../support/migrations';

/** A group whose translation is as wrong as it can be: what asked for a token asks nobody any more. */
function wrongGroup(): MigratedGroup {
  const jwt = { handler: 'jwt', config: { trusted_issuers: ['https://id.example.com'], jwks_urls: ['https://id.example.com/keys'] } };
  const translation = migration(oldApiRule('orders', [oldRule('/a', 'jwt', { accessStrategies: [jwt] })]), ['/a noAuth']);
  const [group] = groupByWorkload([translation], []);
  if (!group) throw new Error('no group');
  const [plan] = planMigration([group], []);
  if (!plan) throw new Error('no plan');
  const proof = proveMigration([translation], [], { oldJwtHandler: 'ory', allowWidening: () => false, issuers: [] });
  return { group, plan, proof, isWritten: isProven(proof), proposals: new Map([[translation.old, translation]]) };
}

test('a translation that opens a door is found out, told with a request, and not written', () => {
  const group = wrongGroup();
  const opened = groupResults(group, []).filter(({ id }) => id === 'migrate-opened');
  expect(opened.map(({ status, severity }) => `${status} ${severity}`)).toEqual(['fail critical']);
  expect(opened[0]?.message).toMatch(/^GET.* orders\.example\.com\/a without a token: before, it .*; now it reaches/);
  const { output } = outputOf([group], [{ old: group.group.translations[0]!.old, twins: [], isLiveOnly: true }], []);
  expect(output).toEqual({ files: [], companions: [], fresh: [] });
});

test('the report says of it and of all others why nothing is written', () => {
  const group = wrongGroup();
  const sound = { ...group, isWritten: true, proof: { ...group.proof!, opened: [], complete: true } };
  const data = migrationData([group, sound], { refused: new Map(), hasFailed: true, templates: new Map() }, [], []) as {
    rules: { written: boolean; why: string }[];
  };
  expect(data.rules.map(({ written, why }) => [written, why])).toEqual([
    [false, 'the proof has failed: a request that was refused would be let in'],
    [false, 'the proof of another workload has failed, so that nothing is written'],
  ]);
});

describe('the page of results', () => {
  const sections = [...readFileSync('docs/migrate-results.md', 'utf8').matchAll(/^## (.*)$/gm)].map(([, id = '']) => id);
  const filesIn = (folder: string, name: RegExp): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => name.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
  const reported = filesIn('test/migrate/golden', /report\.json$/).flatMap(
    (text) => (JSON.parse(text) as { results: CheckResult[] }).results,
  );

  test('has a section for each id that the code knows, in alphabetical order, and no other', () => {
    const ids = filesIn('src/migrate', /\.ts$/).flatMap((text) => [...text.matchAll(/'(migrate-[a-z-]+)'/g)].map(([, id = '']) => id));
    expect(sections).toEqual([...new Set(ids)].sort().filter((id) => id !== 'migrate-result'));
  });

  test('is where every result of a migration leads to', () => {
    const own = reported.filter(({ id }) => id.startsWith('migrate-'));
    expect(new Set(own.map(({ id }) => id)).size).toBeGreaterThan(40);
    expect(own.filter(({ id, docs }) => docs !== `docs/migrate-results.md#${id}`).map(({ id, docs }) => [id, docs])).toEqual([]);
  });
});
