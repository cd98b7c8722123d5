// Runs every measurement of seconds, or those named on the command line: `npm run bench -- start fleet`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const parts = new Set(['run.mjs', 'verify-target.mjs', 'verify-example.mjs', 'under-way.mjs']);
const all = readdirSync(folder)
  .filter((name) => name.endsWith('.mjs') && !parts.has(name))
  .map((name) => name.replace('.mjs', ''));
/** Takes minutes, so it runs when it is named only. */
const onRequest = new Set(['fleet']);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`there is no measurement ${unknown.join(', ')}; there are ${all.join(', ')}\n`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : all.filter((one) => !onRequest.has(one))) {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(process.execPath, [`${folder}${name}.mjs`], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
