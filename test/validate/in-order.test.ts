import { NothingFoundError } from '../../src/model/errors';
import { apiRuleText, findingLines, jwtText, validateText } from '../support/validate';

test('findings come from top to bottom, also those of a look at all objects', async () => {
  const text = apiRuleText([
    `{ path: /, methods: [GET], ${jwtText('http://id.example.com')} }`,
    '{ path: /*, methods: [GET], noAuth: true }',
  ]);
  const places = (await validateText(text)).map(({ where }) => (where.line ?? 0) * 1000 + (where.column ?? 0));
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('what the API server refuses is not told again as something that could not be read', async () => {
  const lines = await findingLines(apiRuleText(['{ path: /a, methods: [GET], noAuth: true, timeout: soon }']));
  expect(lines.filter((line) => /schema-type|api-rule-form/.test(line))).toEqual(['fail high schema-type spec.rules[0].timeout']);
});

test('without the layers that refuse it the same object could not be read, which is no pass', async () => {
  const lines = await findingLines(apiRuleText(['{ path: /a, methods: [GET], noAuth: true, timeout: soon }']), undefined, {
    ignore: ['schema', 'controller'],
  });
  expect(lines.some((line) => line.startsWith('error high api-rule-form'))).toBe(true);
});

test.each([
  ['no document at all', ''],
  ['objects that no rule looks at', 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: a }\n'],
])('%s is no pass', async (_, text) => {
  await expect(validateText(text)).rejects.toThrow(NothingFoundError);
});
