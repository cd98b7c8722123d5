import { readFileSync } from 'node:fs';
import { main } from '../../src/cli/main';
import { diskFiles, type Files } from '../../src/files/files';
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
