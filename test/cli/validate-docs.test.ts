import { readFileSync } from 'node:fs';
import { main } from '../../src/cli/main';
import { diskFiles, type Files } from '../../src/files/files';
import { ruleReference } from '../../src/validate/rules-of-run';
import { policyRules } from '../../src/validate/policy/policy-rules';
import { suppressionRules } from '../../src/validate/suppress/suppression-rules';
import { consoleBlocks, type ConsoleCall } from '../support/console-blocks';
import { captureIo } from '../support/fake-io';

const page = readFileSync('docs/validate.md', 'utf8');

/** The files of this machine, with what is written kept in memory. */
function withMemory(): Files {
  const written = new Map<string, string>();
  const keyOf = (path: string): string => path.replace(`${process.cwd()}/`, '');
  return {
    ...diskFiles,
    writeAtomic: async (path, text) => void written.set(keyOf(path), text),
    readText: async (path, maxBytes) => written.get(keyOf(path)) ?? diskFiles.readText(path, maxBytes),
    kindOf: async (path) => (written.has(keyOf(path)) ? 'file' : diskFiles.kindOf(path)),
  };
}

/** What the calls of a block really say. */
async function replay(calls: readonly ConsoleCall[]): Promise<ConsoleCall[]> {
  const files = withMemory();
  let code = 0;
  const said: ConsoleCall[] = [];
  for (const { command } of calls) {
    const { io, stdout, stderr } = captureIo({ files });
    const [, ...args] = command.split(' ');
    if (command === 'echo $?') said.push({ command, output: `${code}\n` });
    else {
      code = await main(args, io, '1');
      said.push({ command, output: `${stderr()}${stdout()}` });
    }
  }
  return said;
}

test.each(consoleBlocks(page).map((calls) => [calls[0]?.command ?? '', calls] as const))(
  'the page shows what "%s" says',
  async (_, calls) => {
    expect(calls).toEqual(await replay(calls));
  },
);

test('the page names every result about policies and suppressions', () => {
  expect([...policyRules(), ...suppressionRules].map(({ id }) => id).filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
});

test('the policy of the page is the one of the example', () => {
  const [, shown = ''] = /```yaml\n(version: 1\nallowedIssuers[^]*?)```/.exec(page) ?? [];
  const squeeze = (text: string): string => text.replaceAll("'", '"');
  expect(squeeze(shown)).toBe(squeeze(readFileSync('examples/validate/policy.yaml', 'utf8')));
});

async function ask(args: readonly string[]): Promise<{ code: number; stdout: string }> {
  const { io, stdout } = captureIo();
  const code = await main(['validate', ...args], io, '1.2.3');
  return { code, stdout: stdout() };
}

test.each(ruleReference().map((rule) => [rule.id, rule] as const))(
  '--explain %s says everything of it',
  async (id, { title, why, fix, refs }) => {
    const { code, stdout } = await ask(['--explain', id]);
    expect([code, [title, why, fix, ...refs].filter((text) => !stdout.includes(text))]).toEqual([0, []]);
  },
);

test('--list names every rule once, one line each, and as JSON everything', async () => {
  const ids = ruleReference().map(({ id }) => id);
  const { stdout } = await ask(['--list']);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual(ids);
  const json = JSON.parse((await ask(['--list', '--format', 'json'])).stdout) as { data: { rules: { id: string; why: string }[] } };
  expect(json.data.rules.map(({ id }) => id)).toEqual(ids);
});

test.each(['junit', 'sarif', 'github'])('questions about rules are no report of findings in %s', async (format) => {
  for (const question of [['--list'], ['--explain', 'issuer-http']])
    expect(await ask([...question, '--format', format])).toMatchObject({ code: 2, stdout: '' });
  expect((await ask(['--list', '--report', `${format}=out`])).code).toBe(2);
});

test('rules are shown in Markdown, too', async () => {
  const list = await ask(['--list', '--format', 'markdown']);
  expect([list.code, list.stdout.split('\n').length]).toEqual([0, ruleReference().length + 3]);
  const { stdout } = await ask(['--explain', 'cors-any-origin', '--format', 'markdown']);
  expect(stdout).toMatch(/^## cors-any-origin\n[^]*severity medium; high when [^]*\*\*Why:\*\*[^]*```text\napiVersion/);
});

test('--list shows what is selected, with every severity that it can have', async () => {
  const { stdout } = await ask(['--list', '--select', 'security', '--ignore', 'hole-anonymous']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.filter((line) => !/ {2}security {2}/.test(line) || line.startsWith('hole-anonymous'))).toEqual([]);
  expect(lines).toContainEqual(expect.stringMatching(/^jwt-any-token +low to high /));
  expect((await ask(['--list', '--select', 'secruity'])).code).toBe(2);
});
