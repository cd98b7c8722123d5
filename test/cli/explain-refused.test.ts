import { main } from '../../src/cli/main';
import { apiRule, rule, service } from '../support/model';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';

const list = (...items: unknown[]): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 1);
const jwt = apiRule([rule('/a', 'GET', {}), rule('/health', 'GET')]);
const sound = list(service(), jwt);
const bodies = {
  'is not readable': sound.replace('"jwksUri"', '"jwksURI"'),
  'has a version that is dead': sound.replace('gateway.kyma-project.io/v2', 'gateway.kyma-project.io/v1beta1'),
  'names no method that exists': list(service(), apiRule([rule('/a', 'get', {}), rule('/health', 'GET')])),
  'has a path that is no path': list(service(), apiRule([rule('/a?', 'GET', {})])),
  'has rules in conflict': list(service(), apiRule([rule('/a/{**}', 'GET', {}), rule('/a/b', 'GET')])),
  'has an issuer that is none': list(
    service(),
    apiRule([rule('/a', 'GET', { authentications: [{ issuer: '', jwksUri: 'https://a.example/k' }] })]),
  ),
  'is there twice': list(service(), jwt, apiRule([rule('/b', 'GET')])),
  'has the host of another': list(service(), jwt, apiRule([rule('/b', 'GET')], {}, 'second')),
};
const refused = Object.keys(bodies) as (keyof typeof bodies)[];

async function explain(...args: string[]) {
  const captured = captureIo();
  const code = await main(['explain', ...args], captured.io, '1.2.3');
  return { code, stdout: captured.stdout(), stderr: captured.stderr() };
}

function folders(now: string, before = sound): { old: string; now: string } {
  const at = temporaryFolder({ 'old/a.json': before, 'new/a.json': now });
  return { old: `${at}/old`, now: `${at}/new` };
}

test.each(refused)('an APIRule that %s closes nothing and opens nothing, and that is no pass', async (name) => {
  const { old, now } = folders(bodies[name]);
  const { code, stdout } = await explain('--against', old, now, '--fail-on-open');
  expect([code, stdout]).toEqual([3, expect.stringMatching(/note: cannot be told: APIRule shop\/\w+ (is refused|cannot be read) \(/)]);
  expect(stdout).not.toMatch(/^(CLOSED|ALTERED)/m);
});

test('what another APIRule opens is told beside it', async () => {
  const opened = list(service(), apiRule([rule('/open', 'GET')], { hosts: ['b.example.com'] }, 'second'));
  const { old, now } = folders(bodies['is not readable'].replace(/\]\s*\}$/, `,${JSON.stringify(JSON.parse(opened).items[1])}]}`));
  const { code, stdout } = await explain('--against', old, now, '--fail-on-open');
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^OPENED GET https:\/\/b\.example\.com\/open/)]);
});

test.each(refused)('a request to the host of an APIRule that %s is undecided', async (name) => {
  const { now } = folders(bodies[name]);
  const { code, stdout } = await explain(now, '--request', 'GET https://orders.example.com/health');
  expect([code, stdout]).toEqual([
    3,
    expect.stringMatching(/^GET .*\n {2}unknown because APIRule shop\/\w+ (is refused|cannot be read) \(/),
  ]);
});

test.each(['is not readable', 'has a version that is dead'] as const)('an APIRule that %s keeps a row in the matrix', async (name) => {
  const { stdout } = await explain(folders(bodies[name]).now);
  expect(stdout).toMatch(/^orders\.example\.com\n {2}PATH.*\n {2}\(not readable\) +unknown +APIRule shop\/orders\n {6}unknown because/);
});

test('rows of an APIRule that is read and refused are said not to be in force', async () => {
  const { stdout } = await explain(folders(bodies['has rules in conflict']).now);
  expect(stdout).toMatch(/note: the rows are not in force[\s\S]*api-rule-refused high/);
});

test('a request to another host is decided as ever', async () => {
  const { now } = folders(bodies['is not readable']);
  const { code, stdout } = await explain(now, '--request', 'GET https://other.example.com/');
  expect([code, stdout]).toEqual([0, expect.stringContaining('deny: 404')]);
});

test('nothing is closed on the host of a refused APIRule', async () => {
  const { now } = folders(bodies['is not readable']);
  const { code, stderr } = await explain(now, '--close', 'GET https://orders.example.com/health');
  expect([code, stderr]).toEqual([2, expect.stringMatching(/cannot be read[\s\S]*Correct the APIRule/)]);
});
