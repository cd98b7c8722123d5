import Ajv2020 from 'ajv/dist/2020';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { configJsonSchema } from '../../src/config/json-schema';

const schema = configJsonSchema();
const validate = new Ajv2020({ strict: false }).compile(schema);
const example = (): Record<string, unknown> => parse(readFileSync('kyma-guard.yaml', 'utf8')) as Record<string, unknown>;

test('the schema that editors load is the one that the program checks with', () => {
  expect(JSON.parse(readFileSync('kyma-guard.schema.json', 'utf8'))).toEqual(schema);
});

test.each(['kyma-guard.yaml', 'examples/ecptoken-unchecked/kyma-guard.yaml'])('%s names its schema and fits it', (file) => {
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/^# yaml-language-server: \$schema=\S*kyma-guard\.schema\.json\n/);
  expect(validate(parse(text)) || validate.errors).toBe(true);
});

test.each([
  ['an unknown key', { ...example(), clustr: {} }],
  ['an unknown key in an overlay', { ...example(), environments: { dev: { functions: { location: { replica: 1 } } } } }],
  ['a wrong type', { ...example(), functions: 5 }],
  ['no version', { ...example(), version: undefined }],
])('the schema refuses %s', (_, data) => {
  expect(validate(data)).toBe(false);
});
