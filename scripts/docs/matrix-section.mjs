import { table } from './markdown.mjs';

/** What the tests of verify prove it with: weak deployments and what each raises, sound ones, and how many there are. */
export function matrixSection({ weak, sound, probes, checks }) {
  const families = new Map([...probes.map(({ id, family }) => [id, family]), ...checks.map(({ id }) => [id, 'issuer and token'])]);
  const raising = (id) => weak.filter(({ raises }) => raises.includes(id)).length;
  const counts = new Map();
  for (const { raises } of weak)
    for (const family of new Set(raises.map((id) => families.get(id)).filter(Boolean))) counts.set(family, (counts.get(family) ?? 0) + 1);
  return `## What they are tried on

Each probe and each check finds at least one of ${weak.length} weak deployments in the tests, and for each of them the exact results are pinned; ${sound.length} sound ones raise nothing above \`info\`. \`npm run kill-matrix\` sends every variant to all of them.

${table(
  ['Family', 'Weak deployments that it finds', 'Probes, each with the number of weak deployments'],
  [...counts].map(([family, count]) => [
    family,
    String(count),
    [...families]
      .filter(([, of]) => of === family)
      .map(([id]) => `${id} ${raising(id)}`)
      .join(', '),
  ]),
)}

Sound: ${sound.map(({ name }) => `one ${name}`).join('; ')}.

${table(
  ['A weak deployment, one', 'raises'],
  weak.map(({ name, raises }) => [name, raises.map((id) => `\`${id}\``).join(', ') || 'nothing; it stays undecided']),
)}
`;
}
