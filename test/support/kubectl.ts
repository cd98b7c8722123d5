import { spawnSync } from 'node:child_process';

/** True when kubectl is here; what is left out without it is said. */
export function wantsKubectl(what: string): boolean {
  if (spawnSync('kubectl', ['version', '--client']).status === 0) return true;
  process.stderr.write(`SKIPPED: ${what}: there is no kubectl on the PATH\n`);
  return false;
}
