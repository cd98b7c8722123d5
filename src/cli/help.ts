import { verbs } from './verbs';

/** What `kyma-guard --help` prints. */
export function renderHelp(): string {
  const width = Math.max(...verbs.map(({ name }) => name.length));
  return `kyma-guard hardens the APIs that a Kyma cluster exposes, and proves that they are hard.

Usage: kyma-guard <verb> [options]

${verbs.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}

  kyma-guard <verb> --help shows the options and examples of a verb.

Examples:
  $ kyma-guard synth                    write the manifests of kyma-guard.yaml to dist/
  $ kyma-guard local dist/dev           run them on this machine
  $ kyma-guard verify dist/dev --local  attack what runs there, and say what got through

Exit codes: 0 nothing found, 1 findings, 2 wrong call or configuration, 3 could not decide, 4 a defect of kyma-guard
`;
}
