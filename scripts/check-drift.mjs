// Fails when a generated file differs from what is committed: run the generators first (`npm run check` does).
import { execFileSync } from 'node:child_process';

const generated = ['imports', 'crds', 'dist', 'docs', 'kyma-guard.schema.json', 'report.schema.json'];
const git = (...args) => execFileSync('git', args, { encoding: 'utf8' });

const changed = git('status', '--porcelain', '--untracked-files=all', '--', ...generated).trim();
if (changed !== '') {
  process.stderr.write(`Generated files differ from the committed ones:\n${changed}\n\n${git('diff', '--stat', '--', ...generated)}`);
  process.stderr.write('Run `npm run import && npm run docs && npm run synth`, read the difference, and commit it.\n');
  process.exitCode = 1;
} else {
  process.stdout.write(`No drift in ${generated.join(', ')}.\n`);
}
