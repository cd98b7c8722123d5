#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const args = process.argv.slice(2);
if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  // Before anything is loaded: scripts ask for the version often.
  process.stdout.write(`${version()}\n`);
} else {
  void Promise.all([import('./process-io.js'), import('./main.js')]).then(async ([{ runProcess }, { main }]) =>
    runProcess((io) => main(args, io, version())),
  );
}

function version(): string {
  const text = readFileSync(join(__dirname, '../../../package.json'), 'utf8');
  return /"version": "([^"]+)"/.exec(text)?.[1] ?? 'unknown';
}
