import { spawnSync } from 'node:child_process';
import { main } from '../../../src/cli/main';
import { printManifests } from '../../../src/model/print-manifests';
import { planMigration } from '../../../src/migrate/plan/plan';
import { groupByWorkload } from '../../../src/migrate/plan/workload-group';
import type { Translation } from '../../../src/migrate/translation';
import { captureIo } from '../../support/fake-io';
import { migration, oldApiRule, oldRule } from '../../support/migrations';

const domain = 'kyma.example.com';

/** The commands of the step that applies an APIRule. */
function commandsOf(translation: Translation): readonly string[] {
  const [plan] = planMigration(groupByWorkload([translation], []), []);
  return plan?.steps.find(({ apply }) => apply.some((ref) => ref.startsWith('APIRule')))?.check ?? [];
}

test.each([
  ['a full host', 'shop.example.com', 'shop.example.com'],
  ['a host of one label', 'shop', `shop.${domain}`],
])('what a step says to check with is a call that verify takes: %s', async (_, host, full) => {
  const translation = migration(oldApiRule('shop', [oldRule('/.*', 'noop')], { host }), ['/* noAuth']);
  const command = commandsOf(translation).find((text) => text.includes('kyma-guard verify')) ?? '';
  const [, call = ''] = command.replaceAll('"$DOMAIN"', domain).split('| kyma-guard ');
  const { io, stdout } = captureIo({ readStdin: async () => printManifests([translation.apiRule ?? {}]) });
  const code = await main([...call.split(' '), '--plan'], io, '1');
  expect([code, stdout()]).toEqual([0, expect.stringContaining(full)]);
});

test.each(['a; echo x', '$(echo x)', '`echo x`', "it's", '"', 'a b'])('a name like %j stays one word of the shell', (name) => {
  const translation = migration(oldApiRule(name, [oldRule('/.*', 'noop')], { host: 'shop.example.com' }), ['/* noAuth']);
  const [wait = ''] = commandsOf(translation);
  const { stdout } = spawnSync('sh', ['-c', `kubectl() { printf '[%s]' "$@"; }; ${wait}`], { encoding: 'utf8' });
  expect(stdout).toBe(`[wait][apirule][${name}][-n][shop][--for=jsonpath={.status.state}=Ready][--timeout=5m]`);
});
