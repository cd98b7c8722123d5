import { main } from '../../src/cli/main';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';

const secret = 'Sup3rS3cretValue';
const beside = 'apiVersion: v1\nkind: Service\nmetadata: { name: a, namespace: b }\n---\n';
const head = (kind: string): string => `apiVersion: v1\nkind: ${kind}\nmetadata: { name: x, namespace: b }\n`;

/** Manifests that are wrong at the very place of a secret. */
const manifests: readonly (readonly [string, string])[] = [
  ['a password that begins with *', `${head('Secret')}stringData: { password: *${secret} }\n`],
  ['an alias of an anchor that is named like it', `${head('Secret')}stringData:\n  p: &${secret}\n    a: *${secret}\n`],
  ['a password that is a tag', `${head('Secret')}stringData: { password: !${secret} x }\n`],
  ['a password that begins with %', `${head('Secret')}stringData:\n  password: @${secret}\n`],
  ['a password that is a block header', `${head('Secret')}stringData:\n  password: |${secret}\n    x\n`],
  ['a password with a quote that is closed early', `${head('Secret')}stringData: { password: "a"${secret} }\n`],
  [
    'parameters of a binding that are a text',
    `apiVersion: services.cloud.sap.com/v1\nkind: ServiceBinding\nmetadata: { name: x, namespace: b }\nspec: { serviceInstanceName: x, parameters: ${secret} }\n`,
  ],
  [
    'a variable with a misspelt member',
    `apiVersion: serverless.kyma-project.io/v1alpha2\nkind: Function\nmetadata: { name: x, namespace: b }\nspec:\n  runtime: nodejs22\n  source: { inline: { source: 'module.exports = { main: () => 1 };' } }\n  env:\n    - name: PLAIN\n      valu: ${secret}\n`,
  ],
];
const formats = ['text', 'json', 'junit', 'sarif', 'github', 'markdown'];

test.each(manifests)('%s is told without it, in every format', async (_, text) => {
  const folder = temporaryFolder({ 'a.yaml': beside + text });
  for (const format of formats) {
    const { io, stdout, stderr } = captureIo();
    const code = await main(['validate', folder, '--format', format, '--verbose'], io, '1.2.3');
    expect([format, code, `${stdout()}${stderr()}`]).toEqual([format, expect.any(Number), expect.not.stringContaining(secret)]);
    expect(`${stdout()}${stderr()}`).not.toContain(Buffer.from(secret).toString('base64'));
  }
});
