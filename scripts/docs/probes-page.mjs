import { table } from './markdown.mjs';
import { matrixSection } from './matrix-section.mjs';
import { notCovered } from './not-covered.mjs';

/** docs/probes.md: every check of verify. */
export function probesPage({ probes, issuerChecks, tokenChecks, publicOpen, deployments }) {
  const passive = [...issuerChecks, ...tokenChecks];
  return `# Checks of verify

Generated from the data in \`src/verify/probes/\`; do not edit. How to read a report: [verify.md](verify.md). What \`validate\` finds in manifests: [checks.md](checks.md).

Two claims are concluded per route: \`closed-to-anonymous\` and \`protected\`. What follows are the facts they rest on.

## Issuers and tokens

Nothing of this goes to the API under test. \`issuer-token-endpoint\` asks the token endpoint of a credential that you give, as a client that nobody has, in profile \`full\`.

${checkTable(passive)}

## Probes

A *core* probe leaves its claim undecided when it cannot be judged. \`needs\` says what a probe cannot work without; otherwise it is listed as skipped.

${table(
  ['Id', 'Family', 'Title', 'Severity', 'Claim', 'Profile', 'Impact'],
  probes.map(({ id, family, title, severity, claim, profile, impact }) => [
    `[${id}](#${id})`,
    family,
    title,
    severity,
    claim,
    profile,
    impact,
  ]),
)}

## What is not tried

${table(
  ['What', 'Why not', 'Instead'],
  notCovered.map(({ what, why, instead = '' }) => [what, why, instead]),
)}

${matrixSection({ ...deployments, probes, checks: [...passive, publicOpen] })}
## What each one says

${passive.map(checkSection).join('\n')}
${probes.map(probeSection).join('\n')}
${checkSection(publicOpen).trimEnd()}
`;
}

function probeSection(probe) {
  return [
    `### ${probe.id}`,
    '',
    `${probe.title}. Claim \`${probe.claim}\`, severity ${probe.severity}, from profile \`${probe.profile}\` on, impact \`${probe.impact}\`${probe.core ? ', core' : ''}.`,
    '',
    `- Needs: ${probe.needs.length === 0 ? 'nothing beyond the route' : probe.needs.map((need) => `\`${need}\``).join(', ')}`,
    `- A breach means: ${probe.breach}`,
    `- Fix: ${probe.fix}`,
    `- References: ${probe.refs.join(', ')}`,
    '',
  ].join('\n');
}

function checkSection({ id, title, severity, fix, refs }) {
  return [`### ${id}`, '', `${title}. Severity ${severity}.`, '', `- Fix: ${fix}`, `- References: ${refs.join(', ')}`, ''].join('\n');
}

function checkTable(list) {
  return table(
    ['Id', 'Title', 'Severity'],
    list.map(({ id, title, severity }) => [`[${id}](#${id})`, title, severity]),
  );
}
