import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModuleKind, transpileModule } from 'typescript';
import { main } from '../src/cli/main';
import { captureIo } from './support/fake-io';
import { temporaryFolder } from './support/temporary-folder';

const readme = readFileSync('README.md', 'utf8');

function sample(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';
}

test('the configuration on the first screen is one that synth takes', async () => {
  const folder = temporaryFolder({ 'kyma-guard.yaml': sample('yaml') });
  cpSync('functions', join(folder, 'functions'), { recursive: true });
  cpSync('xs-security.json', join(folder, 'xs-security.json'));
  const { io, stderr } = captureIo();
  const code = await main(
    ['synth', '--config', join(folder, 'kyma-guard.yaml'), '--out', join(folder, 'dist'), '--hold', 'xsuaa'],
    io,
    '0',
  );
  expect([code, stderr()]).toEqual([0, expect.stringContaining('APIRule geo/location is held')]);
});

test('the constructs on the first page write what they say', () => {
  const folder = temporaryFolder();
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  const { outputText } = transpileModule(sample('ts'), { compilerOptions: { module: ModuleKind.CommonJS } });
  writeFileSync(
    join(folder, 'main.js'),
    outputText
      .replace('"kyma-guard"', JSON.stringify(join(process.cwd(), 'lib/src/index.js')))
      .replace("'kyma-guard'", JSON.stringify(join(process.cwd(), 'lib/src/index.js'))),
  );
  execFileSync(process.execPath, ['main.js'], { cwd: folder });
  const text = readFileSync(join(folder, 'dist', readdirSync(join(folder, 'dist'))[0] ?? ''), 'utf8');
  expect(text.match(/^kind: .*/gm)?.sort()).toEqual(['kind: APIRule', 'kind: AuthorizationPolicy', 'kind: Function']);
});

test('what the page shows of validate is what validate says', async () => {
  const shown = /\$ kyma-guard (validate examples\/validate\/open-wildcard\.yaml .*)\n([^]*?)```/.exec(readme);
  const { io, stdout } = captureIo();
  const code = await main((shown?.[1] ?? '').split(' '), io, '0');
  expect([code, stdout().trim()]).toEqual([1, shown?.[2]?.trim()]);
});
