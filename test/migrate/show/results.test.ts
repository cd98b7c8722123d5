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
