// Writes the references that are made from data: docs/checks.md from the probes, docs/errors.md from the error classes,
// kyma-guard.schema.json from the configuration's schema. Run it after `npm run build`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { allProbes } = require('../lib/src/verify/probes/all-probes.js');
const { publicOpen } = require('../lib/src/verify/probes/public-open.js');
const { allIssuerChecks } = require('../lib/src/verify/issuer-checks/all-issuer-checks.js');
const { allTokenChecks } = require('../lib/src/verify/token-checks/all-token-checks.js');
const { configJsonSchema } = require('../lib/src/config/json-schema.js');

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells) => `| ${cells.map((text) => cell(String(text))).join(' | ')} |`;
const table = (head, rows) => [row(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(row)].join('\n');

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

const checkSection = ({ id, title, severity, fix, refs }) =>
  [`### ${id}`, '', `${title}. Severity ${severity}.`, '', `- Fix: ${fix}`, `- References: ${refs.join(', ')}`, ''].join('\n');
const checkTable = (list) =>
  table(
    ['Id', 'Title', 'Severity'],
    list.map(({ id, title, severity }) => [`[${id}](#${id})`, title, severity]),
  );

const checks = `# Checks of verify

Generated from the data in \`src/verify/probes/\`; do not edit. How to read a report: [verify.md](verify.md).

Two claims are concluded per route: \`closed-to-anonymous\` and \`protected\`. What follows are the facts they rest on.

## Issuers and tokens

Passive: nothing of this goes to the API under test.

${checkTable([...allIssuerChecks, ...allTokenChecks])}

## Probes

A *core* probe leaves its claim undecided when it cannot be judged. \`needs\` says what a probe cannot work without; otherwise it is listed as skipped.

${table(
  ['Id', 'Title', 'Severity', 'Claim', 'Profile', 'Impact'],
  allProbes.map(({ id, title, severity, claim, profile, impact }) => [`[${id}](#${id})`, title, severity, claim, profile, impact]),
)}

## What each one says

${[...allIssuerChecks, ...allTokenChecks].map(checkSection).join('\n')}
${allProbes.map(probeSection).join('\n')}
${checkSection(publicOpen)}`;

const errorSource = readFileSync(new URL('../src/model/errors.ts', import.meta.url), 'utf8');
const errorClasses = [
  ...errorSource.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\nexport class (\w+) extends KymaGuardError \{([\s\S]*?)\n\}/g),
].map(([, doc, name, body]) => ({
  name,
  doc: doc.replace(/\s*\n?\s*\*\s?/g, ' ').trim(),
  code: /code = '(\w+)'/.exec(body)?.[1] ?? '',
  outcome: /outcome = '([\w-]+)'/.exec(body)?.[1] ?? '',
}));

const errors = `# Errors

Generated from \`src/model/errors.ts\`; do not edit. An error means that the tool could not do its job. Facts about your files or deployment are results
instead, with status \`pass\`, \`fail\`, \`warn\`, \`error\` (could not tell) or \`skip\`.

${table(
  ['Code', 'Exit code', 'Meaning'],
  errorClasses.map(({ code, doc, outcome }) => [`\`${code}\``, outcome === 'wrong-call' ? 2 : 3, doc]),
)}
`;

const write = (file, text) => writeFileSync(new URL(`../${file}`, import.meta.url), text);
write('docs/checks.md', `${checks.trimEnd()}\n`);
write('docs/errors.md', errors);
write('kyma-guard.schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
process.stdout.write(
  `docs/checks.md (${allProbes.length} probes), docs/errors.md (${errorClasses.length} codes), kyma-guard.schema.json\n`,
);
