import { code, plain, table } from './markdown.mjs';

/** Layers as the page shows them, in the order in which they speak. */
const layers = [
  ['schema', 'What the API server would say', 'It refuses the object, or drops a field without a word.'],
  ['controller', 'What the controllers would say', 'They report it in the status, later, and some of it never.'],
  ['security', 'What an attacker would say', 'A search over everything that the rules of one cluster let through together.'],
  ['set', 'What a look at all objects shows', 'Names that lead nowhere, objects that clash, and suppressions that need a look.'],
];

/** docs/checks.md: every rule of validate. */
export function checksPage(rules, shownExample, { severityRange, severityWords }) {
  return `# Checks of validate

Generated from the rules in \`src/validate/\`; do not edit. How to run them: [validate.md](validate.md). \`kyma-guard validate --explain ID\` prints one.
What \`verify\` tries against a deployment: [probes.md](probes.md).

${layers.map((layer) => layerTable(layer, rules, severityRange)).join('\n\n')}

## Other results

No suppression and no baseline takes the first three out of the count. What else is in the input is checked.

- \`manifest-syntax\` (high): a document cannot be read.
- \`file-unreadable\` (could not tell): a file that a folder holds cannot be read.
- \`chart-not-rendered\` (could not tell): templates of a Helm chart are checked only when they are rendered.
- \`file-not-a-manifest\` (skip): a file that belongs to kustomize or describes a chart.
- \`kind-not-checked\` (skip): objects of kinds that no rule looks at, counted.

## What each one says

${rules.map((rule) => section(rule, shownExample, severityWords)).join('\n\n')}
`;
}

function layerTable([layer, title, text], rules, severityRange) {
  const own = rules.filter((rule) => rule.layer === layer);
  const rows = own.map((rule) => [`[${rule.id}](#${rule.id})`, severityRange(rule), plain(rule.title)]);
  return `## ${title}\n\nLayer \`${layer}\`. ${text}\n\n${table(['Id', 'Severity', 'What should hold'], rows)}`;
}

function section(rule, shown, severityWords) {
  const { id, layer, title, why, fix, refs, bad, good, earlier } = rule;
  return [
    `### ${id}`,
    `${plain(title)}. Layer \`${layer}\`, severity ${plain(severityWords(rule))}.`,
    [`- Why: ${plain(why)}`, `- Fix: ${plain(fix)}`, `- References: ${refs.map(plain).join('; ')}`].join('\n'),
    ...(earlier === undefined ? [] : ['Before:', code('yaml', shown(earlier))]),
    'Bad:',
    code('yaml', shown(bad)),
    'Good:',
    code('yaml', shown(good)),
  ].join('\n\n');
}
