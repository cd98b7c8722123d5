import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CheckResult } from '../../src/model/check-result';
import { readDocuments, readManifests } from '../../src/model/read-manifests';
import type { Layer, Rule, RuleFacts } from '../../src/validate/rule';
import { allRules } from '../../src/validate/rules/all-rules';
import { ruleReference } from '../../src/validate/rules-of-run';
import { severitiesOfRule } from '../../src/validate/severity-range';
import { runValidate } from '../../src/validate/validate';
import { allProbes } from '../../src/verify/probes/all-probes';

const rules = allRules();
const byId = rules.map((rule) => [rule.id, rule] as const);
const layers: readonly Layer[] = ['schema', 'controller', 'security', 'set'];

/** What one rule says of an example; nothing is said of it by others. */
async function said(rule: Rule, yaml: string): Promise<string[]> {
  const against = rule.earlier === undefined ? [] : readManifests(rule.earlier, 'earlier.yaml').manifests;
  const { results } = await runValidate({ documents: readDocuments(yaml, 'example.yaml'), options: { select: [rule.id], against } });
  return results.filter(({ id, status }) => id === rule.id || status === 'error' || id === 'manifest-syntax').map(line);
}

function line({ id, status, message, where }: CheckResult): string {
  return `${id} ${status} at ${where.path ?? where.object ?? ''}: ${message}`;
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

test('every rule has an id of its own, also beside policies and suppressions', () => {
  expect(repeated(ruleReference().map(({ id }) => id))).toEqual([]);
});

test('no rule is called like a probe, so that an id says which verb speaks', () => {
  const probes = new Set(allProbes.map(({ id }) => id));
  expect(rules.map(({ id }) => id).filter((id) => probes.has(id))).toEqual([]);
});

test('the order of rules is that of their layers, and stays', () => {
  const order = rules.map(({ layer }) => layers.indexOf(layer));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(allRules().map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
});

const texts = ['title', 'why', 'fix', 'bad', 'good'] as const satisfies readonly (keyof RuleFacts)[];

test.each(byId)('%s says everything about itself', (id, rule) => {
  expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  expect(texts.filter((field) => rule[field].trim() === '')).toEqual([]);
  expect(rule.refs.length).toBeGreaterThan(0);
  expect(rule.refs.filter((ref) => ref.trim() === '')).toEqual([]);
  expect(layers).toContain(rule.layer);
});

test.each(byId)('the texts of %s read as sentences', (_, { title, why, fix }) => {
  expect({ title, endsWithStop: /[.!]$/.test(title) }).toEqual({ title, endsWithStop: false });
  expect(why).toMatch(/[.…]$/);
  expect(fix).toMatch(/[.…]$/);
});

test.each(byId)('%s reports its bad example', async (_, rule) => {
  expect({ bad: rule.bad, said: await said(rule, rule.bad) }).toEqual({
    bad: rule.bad,
    said: expect.arrayContaining([expect.any(String)]),
  });
});

test.each(byId)('%s has nothing against its good example', async (_, rule) => {
  expect({ good: rule.good, said: await said(rule, rule.good) }).toEqual({ good: rule.good, said: [] });
});

/** Rules that the files of a folder export, wherever they are listed. */
async function exportedRules(layer: Layer): Promise<string[]> {
  const folder = resolve('src/validate/rules', layer);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const modules = await Promise.all(files.map(async (file) => Object.values((await import(join(folder, file))) as object)));
  return modules.flat().flatMap((value: unknown) => (isRule(value) ? [value.id] : []));
}

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'id' in value && 'layer' in value && 'why' in value;
}

test.each(layers)('every rule that a file of the layer %s exports is listed', async (layer) => {
  const listed = rules.map(({ id }) => id);
  expect((await exportedRules(layer)).filter((id) => !listed.includes(id))).toEqual([]);
});

/** Everything that any rule says of the examples of all rules, and of the examples of this repository. */
async function corpus(): Promise<CheckResult[]> {
  const texts = rules.flatMap(({ bad, good }) => [bad, good]);
  const files = ['apirule.yaml', 'mistakes.yaml', 'open-wildcard.yaml'].map((file) =>
    readFileSync(join('examples/validate', file), 'utf8'),
  );
  const runs = await Promise.all([...texts, ...files].map((text) => runValidate({ documents: readDocuments(text, 'example.yaml') })));
  return runs.flatMap(({ results }) => results);
}

test('no finding is worse or milder than its rule tells', async () => {
  const facts = new Map(ruleReference().map((rule) => [rule.id, severitiesOfRule(rule)]));
  const results = (await corpus()).filter(({ id }) => facts.has(id));
  const outside = results.filter(({ id, severity }) => facts.get(id)?.includes(severity) === false);
  expect([...new Set(outside.map(({ id, severity }) => `${id} ${severity}`))]).toEqual([]);
  expect(results.length).toBeGreaterThan(200);
});

test.each(ruleReference().filter(({ also }) => also))('$id says when its findings have another severity', ({ severity, also = {} }) => {
  expect(Object.keys(also)).not.toContain(severity);
  expect(Object.values(also).filter((when) => !/^(when|for|where) /.test(when))).toEqual([]);
});
