import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../src/cli/main';
import { consoleBlocks, type ConsoleCall } from '../support/console-blocks';
import { captureIo } from '../support/fake-io';
import { temporaryFolder } from '../support/temporary-folder';

const home = process.cwd();
const page = readFileSync('docs/migrate.md', 'utf8');
/** A reader goes through the page from top to bottom, in one folder. */
const folder = temporaryFolder();
const said: ConsoleCall[][] = [];

beforeAll(async () => {
  cpSync('examples/migrate', join(folder, 'examples/migrate'), { recursive: true });
  process.chdir(folder);
  for (const calls of consoleBlocks(page)) said.push(await replay(calls));
  process.chdir(home);
});

/** What the calls of a block really say. */
async function replay(calls: readonly ConsoleCall[]): Promise<ConsoleCall[]> {
  let code = 0;
  const answers: ConsoleCall[] = [];
  for (const { command } of calls) {
    const { io, stdout, stderr } = captureIo({ cwd: folder });
    const [program, ...args] = command.split(' ');
    if (command === 'echo $?') answers.push({ command, output: `${code}\n` });
    else if (program === 'cat') answers.push({ command, output: readFileSync(args[0] ?? '', 'utf8') });
    else {
      code = await main(args, io, '1');
      answers.push({ command, output: `${stderr()}${stdout()}` });
    }
  }
  return answers;
}

/** What was really said, with what the page leaves out at a line `…` left out as well; whole where the two differ. */
function shortened(shown: string, real: string): string {
  const parts = shown.split('…\n');
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = index === parts.length - 1 && index > 0 ? real.length - part.length : real.indexOf(part, at);
    if (found < at || (index === 0 && found !== 0) || !real.startsWith(part, found)) return real;
    at = found + part.length;
  }
  return at === real.length ? shown : real;
}

test.each(consoleBlocks(page).map((calls, at) => [calls.map(({ command }) => command).join('; '), at] as const))(
  'the page shows what "%s" says',
  (_, at) => {
    const calls = consoleBlocks(page)[at] ?? [];
    expect(calls).toEqual(
      (said[at] ?? []).map(({ command, output }, index) => ({ command, output: shortened(calls[index]?.output ?? '', output) })),
    );
  },
);

test('the map on the page is the one of the example', () => {
  expect(page).toContain(`\`\`\`yaml\n${readFileSync('examples/migrate/issuers.yaml', 'utf8')}\`\`\``);
});
