import { readFileSync } from 'node:fs';
import { diskFiles } from '../../src/files/files';
import { readSoundManifests } from '../../src/files/manifest-input';
import type { Manifest } from '../../src/model/manifest';

const annotation = 'argocd.argoproj.io/sync-wave';
/** What must be there, and healthy, before the next. */
const order = [['Namespace'], ['ServiceInstance'], ['ServiceBinding'], ['Function', 'AuthorizationPolicy'], ['APIRule']];

const waveOf = ({ annotations }: Manifest): number => Number(annotations[annotation] ?? NaN);

test.each(['dev', 'prod'])('every object of dist/%s has its wave, and nothing comes before what it needs', async (environment) => {
  const { manifests } = await readSoundManifests(diskFiles, [`dist/${environment}`], async () => '');
  const waves = order.map((kinds) => [...new Set(manifests.filter(({ kind }) => kinds.includes(kind)).map(waveOf))]);
  const present = waves.filter((own) => own.length > 0).flat();
  expect(manifests.filter((manifest) => Number.isNaN(waveOf(manifest)))).toEqual([]);
  expect(present).toEqual([...new Set(present)].sort((a, b) => a - b));
  expect(manifests.filter(({ kind }) => !order.flat().includes(kind))).toEqual([]);
});

test('the page of synth names the waves that are written', async () => {
  const { manifests } = await readSoundManifests(diskFiles, ['dist/dev'], async () => '');
  const written = new Map(manifests.map((manifest) => [manifest.kind, waveOf(manifest)]));
  const page = readFileSync('docs/synth.md', 'utf8');
  expect(page).toContain(`Namespace with the mesh label | ${written.get('Namespace')} |`);
  expect(page).toContain(`an XSUAA issuer | ${written.get('ServiceInstance')}, ${written.get('ServiceBinding')} |`);
  expect(page).toContain(`closed baseline; APIRules | ${written.get('Function')}; ${written.get('APIRule')} |`);
});
