import { externalGatewayBase, generatedGateway } from '../../../src/model/controller/external-gateway-names';
import { authorityProblems, internalDomainProblems, regionProblems } from '../../../src/model/controller/external-gateway-problems';
import type { JsonObject } from '../../../src/model/json';

const body: JsonObject = { spec: { region: 'eu10', regionsConfigMap: 'regions', internalDomain: { kymaSubdomain: 'a' } } };
const regions = (subjects: string) => `regions:\n  - name: eu10\n    subjects: ${subjects}\n`;

test.each([
  ['the region with a subject', { 'regions.yaml': regions('["CN=a"]') }, []],
  ['under the only key', { other: regions('["CN=a"]') }, []],
  ['beside other keys', { 'regions.yaml': regions('["CN=a"]'), other: '' }, []],
  ['several keys of other names', { a: '', b: '' }, ['RegionsConfigMapKeyAmbiguous']],
  ['nothing', {}, ['RegionsConfigMapInvalid']],
  ['no YAML', { a: 'a: [' }, ['RegionsConfigMapInvalid']],
  ['no regions', { a: 'regions: []' }, ['RegionsConfigMapInvalid']],
  ['another region', { a: 'regions: [{ name: us10, subjects: [a] }]' }, ['RegionNotFound']],
  ['the region without subjects', { a: regions('[]') }, ['RegionHasNoSubjects']],
])('a ConfigMap with %s', (_, data, expected) => {
  expect(regionProblems(body, { data }).map(({ says }) => says)).toEqual(expected);
});

test.each([
  ['one key', { stringData: { a: 'x' } }, []],
  ['ca.crt beside another', { data: { 'ca.crt': 'eA==', b: '' } }, []],
  ['two others', { data: { a: '', b: '' } }, ['CASecretKeyAmbiguous']],
  ['an empty value', { data: { 'ca.crt': '' } }, ['CASecretInvalid']],
  ['nothing', {}, ['CASecretInvalid']],
])('a Secret with %s', (_, secret, expected) => {
  expect(authorityProblems(secret).map(({ says }) => says)).toEqual(expected);
});

test('an internal domain has 64 characters at most', () => {
  expect(internalDomainProblems(body, 'b'.repeat(62))).toEqual([]);
  expect(internalDomainProblems(body, 'b'.repeat(63)).map(({ says }) => says)).toEqual(['InternalDomainTooLong']);
});

test('long names are cut and told apart by a digest', () => {
  expect(externalGatewayBase('x'.repeat(45))).toBe('x'.repeat(45));
  expect(externalGatewayBase('x'.repeat(46))).toMatch(/^x{37}-[0-9a-f]{7}$/);
  expect(generatedGateway('shop/partner')).toBe('shop/partner-gw');
});
