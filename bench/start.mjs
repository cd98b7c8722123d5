// How long the command line needs to say its version, as a ratio to a bare `node -e 0` in the same run. Claim: at most 1.5.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../lib/src/cli/bin.js', import.meta.url));
const rounds = 15;
const measures = { bare: [], version: [], help: [] };
const commands = { bare: ['-e', '0'], version: [bin, '--version'], help: [bin, '--help'] };

for (let round = 0; round < rounds; round += 1) {
  // One of each per round, so that a busy moment of the machine meets all of them.
  for (const [name, args] of Object.entries(commands)) {
    const start = process.hrtime.bigint();
    spawnSync(process.execPath, args);
    measures[name].push(Number(process.hrtime.bigint() - start) / 1e6);
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const ratio = median(measures.version) / median(measures.bare);
for (const [name, values] of Object.entries(measures))
  process.stdout.write(`${name.padEnd(8)} ${median(values).toFixed(1)} ms (median of ${rounds})\n`);
process.stdout.write(`kyma-guard --version: ${ratio.toFixed(2)} times node -e 0 (claim: at most 1.50)\n`);
if (ratio > 1.5) process.exitCode = 1;
