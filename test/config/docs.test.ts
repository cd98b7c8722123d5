import { readFileSync } from 'node:fs';
import { handlerFormProblem } from '../../src/model/handler-form';
import { configFolder, handler, problemsOf } from '../support/config-folder';

const docs = readFileSync('docs/config.md', 'utf8');
const blocks = [...docs.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = '']) => text);

test('the first configuration of docs/config.md is right', async () => {
  const first = blocks.find((block) => block.startsWith('version: 1')) ?? '';
  expect(await problemsOf(configFolder(first, { 'functions/places/handler.js': handler }))).toEqual([]);
});

test('every key of the schema stands in docs/config.md', () => {
  const schema = readFileSync('kyma-guard.schema.json', 'utf8');
  const names = new Set(
    [...schema.matchAll(/"properties": \{\s+"(\w+)"|^ {6,}"(\w+)": \{$/gm)].flatMap(([, first, second]) => first ?? second ?? []),
  );
  const keywords = new Set([
    'properties',
    'items',
    'additionalProperties',
    'propertyNames',
    'name',
    'key',
    'exact',
    'prefix',
    'regex',
    'every',
    'keep',
    'jwt',
  ]);
  expect([...names].filter((name) => !keywords.has(name) && !docs.includes(name))).toEqual([]);
});

test('the handler of docs/config.md is one that synth takes and Node.js loads', async () => {
  const [, text = ''] = /```js\n([^]*?)```/.exec(docs) ?? [];
  const first = blocks.find((block) => block.startsWith('version: 1')) ?? '';
  expect(handlerFormProblem(text)).toBeUndefined();
  expect(await problemsOf(configFolder(first, { 'functions/places/handler.js': text }))).toEqual([]);
});
