import { cpSync, readFileSync, writeFileSync } from 'node:fs';
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
  if (process.env['UPDATE_DOCS']) {
    let at = 0;
    writeFileSync('docs/migrate.md', page.replace(/```console\n[^]*?```/g, () => `\`\`\`console\n${(said[at++] ?? []).map(({ command, output }) => `$ ${command}\n${output}`).join('')}\`\`\``));
  }
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

test.each(consoleBlocks(page).map((calls, at) => [calls.map(({ command }) => command).join('; '), at] as const))(
  'the page shows what "%s" says',
  (_, at) => {
    expect(consoleBlocks(page)[at]).toEqual(said[at]);
  },
);
