import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { apiRules, functions, invalidFunctions, oddApiRules } from './recorded-statuses';

interface Health {
  readonly status: string;
  readonly message: string;
}

const folder = 'examples/gitops/argocd';
const textOf = (kind: string): string => readFileSync(`${folder}/${kind}.lua`, 'utf8');
const recorded = [...apiRules, ...oddApiRules, ...functions, ...invalidFunctions].map((one) => ({
  ...one,
  kind: (one.object as { kind: string }).kind,
}));

/** What a real interpreter says of every recorded object, in their order. */
const said: Health[] = [];
beforeAll(() => {
  const input = JSON.stringify(recorded.map(({ kind, object }) => ({ script: textOf(kind), object })));
  said.push(...(JSON.parse(execFileSync(process.execPath, ['test/gitops/run-lua.mjs'], { input, encoding: 'utf8' })) as Health[]));
});

test.each(recorded.map(({ kind, what, health }, index) => ({ kind, what, health, index })))(
  'to Argo CD, $kind that $what is $health',
  ({ health, index }) => {
    expect([said[index]?.status, typeof said[index]?.message]).toEqual([health, 'string']);
  },
);

test('an APIRule in Error says what the controller said', () => {
  const index = recorded.findIndex(({ what }) => what === 'failed validation');
  expect(said[index]?.message).toContain("Attribute 'spec.rules'");
});

test.each(['APIRule', 'Function'])('%s.lua needs no library that Argo CD keeps closed', (kind) => {
  expect(textOf(kind)).not.toMatch(/\b(string|table|math|os|io|require|debug)\s*[.(]|:(match|find|gsub|sub|format)\(/);
});

test('the ConfigMap holds the same scripts, under the names that Argo CD looks for', () => {
  const { data } = parse(readFileSync(`${folder}/argocd-cm.yaml`, 'utf8')) as { data: Record<string, string> };
  expect(data).toEqual({
    'resource.customizations.health.gateway.kyma-project.io_APIRule': textOf('APIRule'),
    'resource.customizations.health.serverless.kyma-project.io_Function': textOf('Function'),
  });
});
