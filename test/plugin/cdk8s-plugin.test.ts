import { buildSync } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { exampleApiRule, exampleJwt } from '../../src/validate/rules/security/example-api-rule';
import { exampleIssuer } from '../../src/validate/rules/security/example-issuer';
import { temporaryFolder } from '../support/temporary-folder';

let plugin: string;

beforeAll(() => {
  const folder = temporaryFolder();
  plugin = join(folder, 'plugin.js');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  buildSync({ entryPoints: ['src/plugin.ts'], outfile: plugin, bundle: true, platform: 'node', target: 'node20', packages: 'external' });
});

/** Runs `cdk8s synth` in a project of its own, whose application writes one manifest. */
function synth(manifest: string, properties = '{}') {
  const folder = temporaryFolder({
    'cdk8s.yaml': `language: typescript
app: node app.js
output: dist
validations: [{ package: ${plugin}, class: KymaGuardValidation, version: 0.0.0, properties: ${properties} }]
`,
    'app.js': `require('fs').mkdirSync('dist/shop', { recursive: true });
require('fs').writeFileSync('dist/shop/orders.k8s.yaml', require('fs').readFileSync('manifest.yaml'));
const resources = { orders: { path: 'app/shop/orders' } };
require('fs').writeFileSync('dist/construct-metadata.json', JSON.stringify({ version: '1.0.0', resources }));`,
    'manifest.yaml': manifest,
  });
  const cdk8s = resolve('node_modules/cdk8s-cli/bin/cdk8s');
  return spawnSync(process.execPath, [cdk8s, 'synth', '--check-upgrade=false'], { cwd: folder, encoding: 'utf8' });
}

const sound = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

test('cdk8s synth ends with 2 on a broken rule, and names the construct, the place and the fix', () => {
  const { status, stdout } = synth(exampleIssuer('http://id.example.com', 'https://id.example.com/keys'));
  expect(status).toBe(2);
  expect(stdout).toMatch(/issuer-http \(medium\)[\s\S]*Construct Path: app\/shop\/orders[\s\S]*spec\.rules\[0\][\s\S]*How to fix: \w/);
});

test('cdk8s synth ends with 0 on sound manifests', () => {
  expect(synth(sound)).toMatchObject({ status: 0, stdout: expect.stringContaining('Validations ended succesfully') });
});

test.each([
  ['a policy that does not exist', sound, '{ policy: policy.yaml }', 'policy.yaml: no such file'],
  [
    'an output in which no rule looks at anything',
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: a }\n',
    '{}',
    'no rule looks at',
  ],
])('%s ends cdk8s synth with 2 and two lines, as on the command line', (_, manifest, properties, message) => {
  const { status, stderr } = synth(manifest, properties);
  const [first = '', hint = '', ...more] = stderr.split('\n');
  expect([status, first, hint]).toEqual([2, expect.stringMatching(/^kyma-guard: .*\(ERR_\w+\)$/), expect.stringMatching(/^ {2}\w/)]);
  expect(first).toContain(message);
  expect(more).toEqual(['Validation failed. See above reports for details', '']);
});

test('the own cdk8s.yaml names the built plugin, and every environment as a cluster', () => {
  expect(readFileSync('cdk8s.yaml', 'utf8')).toMatch(
    /package: \.\/lib\/src\/plugin\.js[\s\S]*class: KymaGuardValidation[\s\S]*clusters: \[dev, prod\]/,
  );
});
