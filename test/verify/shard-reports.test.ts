import fc from 'fast-check';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import type { Report } from '../../src/report/report';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer, type TestIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import type { RunningServer } from '../support/http-server';
import { temporaryFolder } from '../support/temporary-folder';
import { createDeploymentKeys, manifestOf } from '../support/verify-deployment';
import { readsOnly } from '../support/verify-report';

let issuer: TestIssuer;
let sound: RunningServer;
let weak: RunningServer;
beforeAll(async () => {
  issuer = await startIssuer((await createDeploymentKeys()).issuer);
  [sound, weak] = await Promise.all([startGateway(issuer), startGateway(issuer, readsOnly)]);
});
afterAll(() => Promise.all([issuer, sound, weak].map((server) => server.close())));

interface Place {
  readonly isWeak: boolean;
  readonly service: number;
  readonly hasHealth: boolean;
}

/** A folder with the manifests of these hosts, and how verify is called for them. */
function deployment(places: readonly Place[]) {
  const names = places.map(({ isWeak }, index) => `${isWeak ? 'weak' : 'sound'}${index}.example.test`);
  const items = places.map(({ service, hasHealth }, index) => {
    const health = { path: '/healthz', methods: ['GET'], noAuth: true };
    const manifest = JSON.parse(
      manifestOf((jwt) => [{ path: '/orders', methods: ['GET', 'POST'], jwt }, ...(hasHealth ? [health] : [])], issuer),
    ) as { metadata: object; spec: object };
    return {
      ...manifest,
      metadata: { ...manifest.metadata, name: `r${index}` },
      spec: { ...manifest.spec, hosts: [names[index]], service: { name: `s${service}`, port: 80 } },
    };
  });
  const folder = temporaryFolder({
    'rules.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
    'good.json': serviceKey(issuer, 'good'),
  });
  const targets = names.flatMap((name, index) => ['--target', `${name}=${(places[index]?.isWeak ? weak : sound).url}`]);
  const verify = async (name: string, args: readonly string[], env: Record<string, string> = {}) => {
    const { io, stderr } = captureIo({ cwd: folder, env });
    const at = ['--credentials', 'good.json', '--profile', 'smoke', ...targets, '--report', `json=${name}`, '--quiet'];
    const code = await main(['verify', join(folder, 'rules.json'), ...at, ...args], io, '1.2.3');
    return { code, stderr: stderr() };
  };
  const report = async (...args: string[]) => {
    const captured = captureIo({ cwd: folder });
    const code = await main(['report', ...args, '--format', 'json'], captured.io, '1.2.3');
    return { code, stderr: captured.stderr(), read: () => JSON.parse(captured.stdout()) as Report };
  };
  return { folder, verify, report, read: (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report };
}

/** What a report concludes, apart from the order and from words that change with every run. */
function conclusions({ results, data, verb, summary }: Report) {
  const matrix = data?.['matrix'] as { routes: { method: string; host: string; path: string; cells: object }[] };
  return {
    ...{ verb, summary, calls: data?.['calls'], probes: data?.['probes'], profile: data?.['profile'] },
    results: results
      .map(({ id, fingerprint, status, severity, where: { line, path } }) => [id, fingerprint, status, severity, line, path].join(' '))
      .sort(),
    matrix: matrix.routes.map(({ method, host, path, cells }) => JSON.stringify([method, host, path, cells])).sort(),
    representatives: [...(data?.['representatives'] as string[])].sort(),
  };
}

const shardFiles = (of: number): string[] => Array.from({ length: of }, (_, i) => `shard-${i + 1}.json`);
const place = fc.record({ isWeak: fc.boolean(), service: fc.nat(2), hasHealth: fc.boolean() });

test('two and eight shards, merged in any order, conclude what one run concludes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(place, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(2, 8),
      fc.boolean(),
      async (places, of, isReversed) => {
        const { verify, report, read } = deployment(places);
        const whole = await verify('whole.json', []);
        const codes: number[] = [];
        for (const [i, file] of shardFiles(of).entries()) codes.push((await verify(file, ['--shard', `${i + 1}/${of}`])).code);
        const files = isReversed ? shardFiles(of).reverse() : shardFiles(of);
        const merged = await report('merge', ...files);
        expect(conclusions(merged.read())).toEqual(conclusions(read('whole.json')));
        const expected = places.some(({ isWeak }) => isWeak) ? 1 : 0;
        expect([whole.code, merged.code, Math.max(...codes)]).toEqual([expected, expected, expected]);
      },
    ),
    { numRuns: 5 },
  );
}, 120_000);

describe('three hosts in eight shards', () => {
  const three = [0, 1, 2].map((service) => ({ isWeak: false, service, hasHealth: true }));

  test('by the index of the Job, counted from 0, each host is judged once, and shards without a host end well', async () => {
    const { verify, read } = deployment(three);
    const hosts: string[] = [];
    for (let index = 0; index < 8; index++) {
      const { code } = await verify('s.json', ['--shards', '8'], { JOB_COMPLETION_INDEX: String(index) });
      const report = read('s.json');
      hosts.push(...new Set(report.results.flatMap(({ route }) => (route ? [route.host] : []))));
      expect([code, report.data?.['shard']]).toMatchObject([0, { of: 8, have: [index + 1] }]);
    }
    expect(hosts.sort()).toEqual(['sound0.example.test', 'sound1.example.test', 'sound2.example.test']);
  });

  test('seven of eight are not the whole run: the report says which is missing, and exit code 3', async () => {
    const { folder, verify, report } = deployment(three);
    for (const [i, file] of shardFiles(8).entries()) await verify(file, ['--shard', `${i + 1}/8`]);
    const seven = shardFiles(8).filter((file) => file !== 'shard-5.json');
    const { code, read } = await report('merge', ...seven);
    const [first] = read().results;
    expect([code, first]).toMatchObject([
      3,
      { id: 'shards-complete', status: 'error', message: expect.stringContaining('shard 5 of 8 is missing') },
    ]);
    writeFileSync(join(folder, 'seven.json'), JSON.stringify(read()));
    expect(await report('seven.json')).toMatchObject({ code: 3 });
    const eight = await report('merge', 'seven.json', 'shard-5.json');
    expect([eight.code, eight.read().results.some(({ id }) => id === 'shards-complete')]).toEqual([0, false]);
  });

  test('shards that were cut from other routes are not the whole run', async () => {
    const [one, other] = [deployment(three), deployment(three.slice(1))];
    await one.verify('shard-1.json', ['--shard', '1/2']);
    await other.verify('shard-2.json', ['--shard', '2/2']);
    const { code, read } = await one.report('merge', 'shard-1.json', join(other.folder, 'shard-2.json'));
    expect([code, read().results[0]?.message]).toEqual([3, expect.stringContaining('cut from different routes')]);
  });

  test('shards of another number, and shards beside whole runs, are refused', async () => {
    const { verify, report } = deployment(three);
    await verify('a.json', ['--shard', '1/2']);
    await verify('b.json', ['--shard', '1/3']);
    await verify('whole.json', []);
    expect(await report('merge', 'a.json', 'b.json')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('a shard of 2 and one of 3'),
    });
    expect(await report('merge', 'a.json', 'whole.json')).toMatchObject({ code: 2, stderr: expect.stringContaining('a whole run') });
  });

  test.each([
    [['--shard', '0/2'], {}, 'is no shard'],
    [['--shard', '3/2'], {}, 'is no shard'],
    [['--shard', 'x'], {}, 'is no shard'],
    [['--shards', '8'], {}, 'JOB_COMPLETION_INDEX, which is not set'],
    [['--shards', '8'], { JOB_COMPLETION_INDEX: '8' }, 'is no shard'],
    [['--shards', '8'], { JOB_COMPLETION_INDEX: '1e0' }, 'is no shard'],
    [['--shard', '1/2', '--watch', '5s'], {}, '--watch and --shard exclude each other'],
    [['--shards', '8', '--shard', '1/8'], { JOB_COMPLETION_INDEX: '0' }, 'exclude each other'],
  ])('%j with %j is exit code 2', async (args, env, message) => {
    const { code, stderr } = await deployment(three).verify('s.json', args, env);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
