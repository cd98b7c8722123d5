// Writes the references that are made from data: docs/checks.md from the rules, docs/probes.md from the probes, docs/errors.md from the
// error classes, kyma-guard.schema.json from the configuration's schema. Run it after `npm run build`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { checksPage } from './docs/checks-page.mjs';
import { errorsPage } from './docs/errors-page.mjs';
import { probesPage } from './docs/probes-page.mjs';

const require = createRequire(import.meta.url);
const root = resolve(import.meta.dirname, '..');
const load = (path) => require(join(root, 'lib/src', path));
const write = (file, text) => writeFileSync(join(root, file), text);

const { allProbes } = load('verify/probes/all-probes.js');
const { publicOpen } = load('verify/probes/public-open.js');
const { allIssuerChecks } = load('verify/issuer-checks/all-issuer-checks.js');
const { allTokenChecks } = load('verify/token-checks/all-token-checks.js');
const { ruleReference } = load('validate/rules-of-run.js');
const { shownExample } = load('validate/describe-rule.js');
const { configJsonSchema } = load('config/json-schema.js');
const rules = ruleReference();
const deployments = await testDeployments();

write('docs/checks.md', checksPage(rules, shownExample, load('validate/severity-range.js')));
write(
  'docs/probes.md',
  probesPage({ probes: allProbes, issuerChecks: allIssuerChecks, tokenChecks: allTokenChecks, publicOpen, deployments }),
);
write('docs/errors.md', errorsPage(readFileSync(join(root, 'src/model/errors.ts'), 'utf8')));
write('kyma-guard.schema.json', `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
process.stdout.write(
  `docs/checks.md (${rules.length} rules), docs/probes.md (${allProbes.length} probes), docs/errors.md, kyma-guard.schema.json\n`,
);

/** The deployments that the tests try verify on. They are TypeScript and no part of the package, so they are bundled for the moment. */
async function testDeployments() {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'test/gateways/catalogue.ts')],
    ...{ bundle: true, platform: 'node', format: 'cjs', packages: 'external', write: false, target: 'node20' },
  });
  const module = { exports: {} };
  new Function('require', 'module', 'exports', outputFiles[0].text)(require, module, module.exports);
  return { weak: module.exports.weakCatalogue, sound: module.exports.soundCatalogue };
}
