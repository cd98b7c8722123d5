import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { apiRuleProblems } from '../../src/model/api-rule-checks';
import { serviceBindingProblems } from '../../src/model/binding-checks';
import { functionProblems } from '../../src/model/function-checks';
import type { JsonObject } from '../../src/model/json';
import type { Problem } from '../../src/model/problem';
import { readManifests } from '../../src/model/read-manifests';
import { serviceInstanceProblems } from '../../src/model/service-instance-checks';
import { crdFiles, schemaRefusals } from '../support/crd-schemas';

const checks: Readonly<Record<string, (body: JsonObject) => Problem[]>> = {
  APIRule: apiRuleProblems,
  Function: functionProblems,
  ServiceBinding: serviceBindingProblems,
  ServiceInstance: serviceInstanceProblems,
};

const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.k8s.yaml'));
const manifests = files.flatMap((file) => readManifests(readFileSync(join('dist', file), 'utf8'), file).manifests);

test('the example writes every kind that constructs write', () => {
  const kinds = new Set(manifests.map(({ kind }) => kind));
  expect([...kinds]).toEqual(expect.arrayContaining(Object.keys(checks)));
});

test.each(files)('what the example writes to %s has the structure that the API server knows', (file) => {
  const own = manifests.filter((manifest) => manifest.file === file && manifest.kind in crdFiles);
  expect(own.flatMap(({ body }) => schemaRefusals(body))).toEqual([]);
});

test.each(files)('no check has anything against %s', (file) => {
  const own = manifests.filter((manifest) => manifest.file === file);
  expect(own.flatMap(({ kind, body }) => checks[kind]?.(body) ?? [])).toEqual([]);
});
