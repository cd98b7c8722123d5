import { App, Chart } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load-config';
import { diskFiles } from '../../src/files/files';
import { bundleFunction } from '../../src/synth/bundle-function';
import type { Unit } from '../../src/synth/unit';
import { unitsOf } from '../../src/synth/units';
import { temporaryFolder } from '../support/temporary-folder';

/** All units of the first environment of the example, as they go into Apps of their own. */
async function exampleUnits(): Promise<Unit[]> {
  const [environment] = (await loadConfig(diskFiles, 'kyma-guard.yaml')).environments;
  if (!environment) throw new Error('the example has environments');
  const bundle = (name: string) => bundleFunction({ files: diskFiles, root: '.', folder: `functions/${name}`, runtime: 'nodejs24' });
  const sources = { location: await bundle('location'), ecptoken: await bundle('ecptoken') };
  return [...unitsOf({ environment, sources, isWritten: () => true })];
}

test('all units in one plain App give the same texts as one App each', async () => {
  const outdir = temporaryFolder();
  const app = new App({ outdir });
  const units = await exampleUnits();
  for (const unit of units) unit.build(new Chart(app, unit.name));
  app.synth();
  for (const { name, namespace } of units) {
    expect(readFileSync(join(outdir, `${name}.k8s.yaml`), 'utf8')).toBe(
      readFileSync(join('dist/dev', namespace, `${name}.k8s.yaml`), 'utf8'),
    );
  }
  expect(units.length).toBeGreaterThan(4);
});

test('no unit depends on another', async () => {
  const app = new App({ outdir: temporaryFolder() });
  for (const unit of await exampleUnits()) unit.build(new Chart(app, unit.name));
  expect(app.node.findAll().flatMap((construct) => construct.node.dependencies)).toEqual([]);
});
