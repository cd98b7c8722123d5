// npm run conformance: the access model against a real Envoy.
//   (nothing)                 200 random rule sets x 100 requests, all known cases, and what verify sends on the example
//   --short                   a tenth of it
//   --seed N --sets N --requests N
//   --record                  keeps the answers as vectors; with --sets 0 those to known cases only
//   --replay                  puts the vectors to the model; needs no Envoy
//   --mutants                 plants one fault after the other into the model; each must be found
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { mutants } from './mutants.mjs';

const root = resolve(import.meta.dirname, '../..');
process.chdir(root);
const folder = join(root, 'node_modules/.cache/kyma-guard-conformance');
mkdirSync(folder, { recursive: true });

/** Bundles the runner, with a fault planted if one is given, and runs it. */
async function run(args, mutant, stdio = 'inherit') {
  const outfile = join(folder, `${mutant?.name ?? 'runner'}.cjs`.replaceAll(' ', '-'));
  const plant = {
    name: 'plant',
    setup(bundler) {
      bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!mutant || !path.endsWith(mutant.file)) return undefined;
        const { readFile } = await import('node:fs/promises');
        const text = await readFile(path, 'utf8');
        if (text.split(mutant.find).length !== 2) throw new Error(`${mutant.name}: its text is not exactly once in ${mutant.file}`);
        return { contents: text.replace(mutant.find, () => mutant.replace), loader: 'ts' };
      });
    },
  };
  const entryPoints = ['test/conformance/main.ts'];
  await build({ entryPoints, bundle: true, platform: 'node', packages: 'external', outfile, logLevel: 'warning', plugins: [plant] });
  return spawnSync(process.execPath, [outfile, ...args], { stdio, encoding: 'utf8' });
}

async function checkMutants(args) {
  const mode = args.includes('--live') ? args.filter((one) => one !== '--live') : ['--replay'];
  if ((await run(mode, undefined, 'pipe')).status !== 0) throw new Error('the model differs without a planted fault; put that right first');
  let missed = 0;
  for (const mutant of mutants) {
    const { status, stdout } = await run(mode, mutant, 'pipe');
    const found = status === 1;
    if (!found) missed += 1;
    const told = (stdout ?? '').trim().split('\n').at(-1);
    console.log(`${found ? 'found ' : 'MISSED'}  ${mutant.name} (${told ?? ''})`);
  }
  console.log(`${mutants.length - missed} of ${mutants.length} planted faults found`);
  return missed === 0 ? 0 : 1;
}

const args = process.argv.slice(2);
if (args.includes('--mutants')) process.exit(await checkMutants(args.filter((one) => one !== '--mutants')));
process.exit((await run(args)).status ?? 4);
