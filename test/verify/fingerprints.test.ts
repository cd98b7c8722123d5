import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import type { Report } from '../../src/report/report';
import { startGateway } from '../gateways/gateway';
import { serviceKey, startIssuer } from '../gateways/issuer';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';
import { readsOnly } from '../support/verify-report';
import { createDeploymentKeys, host, manifestFor } from '../support/verify-deployment';

type Line = Pick<Report['results'][number], 'id' | 'fingerprint' | 'status'> & { readonly route?: object };

test('a second run, behind another gateway, at another time and in another order of the rules, gives every result the same fingerprint', async () => {
  const issuer = await startIssuer((await createDeploymentKeys()).issuer);
  const folder = temporaryFolder({ 'good.json': serviceKey(issuer, 'good') });
  const manifest = JSON.parse(manifestFor(issuer)) as { spec: { rules: unknown[] } };
  const linesOf = async (rules: unknown[], now: string): Promise<Line[]> => {
    const gateway = await startGateway(issuer, readsOnly);
    writeFileSync(join(folder, 'rule.json'), JSON.stringify({ ...manifest, spec: { ...manifest.spec, rules } }));
    const { io } = captureIo({ cwd: folder, now: () => new Date(now) });
    const args = ['--target', `${host}=${gateway.url}`, '--credentials', 'good.json', '--report', 'ndjson=lines'];
    await main(['verify', join(folder, 'rule.json'), ...args], io, '1.2.3');
    await gateway.close();
    const lines = readFileSync(join(folder, 'lines'), 'utf8').trim().split('\n');
    return lines.slice(0, -1).map((line) => JSON.parse(line) as Line);
  };
  const keyOf = ({ id, fingerprint }: Line): string => `${id} ${fingerprint}`;
  const first = await linesOf(manifest.spec.rules, '2026-01-01T00:00:00Z');
  const second = await linesOf(manifest.spec.rules, '2026-06-01T00:00:00Z');
  const third = await linesOf(manifest.spec.rules.toReversed(), '2026-06-01T00:00:00Z');
  await issuer.close();
  expect(first.length).toBeGreaterThan(50);
  expect(new Set(first.map(keyOf)).size).toBe(first.length);
  expect(second.map(keyOf)).toEqual(first.map(keyOf));
  const ofRoutes = (lines: Line[]): string[] =>
    lines
      .filter(({ route }) => route)
      .map(keyOf)
      .sort();
  expect(ofRoutes(third)).toEqual(ofRoutes(first));
});
