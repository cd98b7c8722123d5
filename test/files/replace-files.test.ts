import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../../src/files/files';
import { temporaryFolder } from '../support/temporary-folder';

const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8');

test('several files are written, new ones with their folders', async () => {
  const folder = temporaryFolder({ 'a.yaml': 'a' });
  await diskFiles.replaceFiles([
    { path: join(folder, 'a.yaml'), before: 'a', after: 'A' },
    { path: join(folder, 'deep/b.yaml'), after: 'B' },
  ]);
  expect([read(folder, 'a.yaml'), read(folder, 'deep/b.yaml'), readdirSync(folder)]).toEqual(['A', 'B', ['a.yaml', 'deep']]);
});

test.each([
  ['one that changed meanwhile', { before: 'other', after: 'B' }, 'it was changed since it was read'],
  ['one that came into being meanwhile', { after: 'B' }, 'it came into being meanwhile'],
])('%s keeps all of them as they were', async (_, change, reason) => {
  const folder = temporaryFolder({ 'a.yaml': 'a', 'b.yaml': 'b' });
  const write = diskFiles.replaceFiles([
    { path: join(folder, 'a.yaml'), before: 'a', after: 'A' },
    { path: join(folder, 'b.yaml'), ...change },
  ]);
  await expect(write).rejects.toMatchObject({ code: 'ERR_OUTPUT_UNWRITABLE', message: expect.stringContaining(reason) });
  expect([read(folder, 'a.yaml'), read(folder, 'b.yaml'), readdirSync(folder)]).toEqual(['a', 'b', ['a.yaml', 'b.yaml']]);
});

test('what was replaced before an error comes back', async () => {
  const folder = temporaryFolder({ 'a.yaml': 'a' });
  const [path, fresh] = [join(folder, 'a.yaml'), join(folder, 'new.yaml')];
  // The second change of the same file finds what the first one wrote.
  const write = diskFiles.replaceFiles([
    { path: fresh, after: 'new' },
    { path, before: 'a', after: 'A' },
    { path, before: 'a', after: 'AA' },
  ]);
  await expect(write).rejects.toMatchObject({ code: 'ERR_OUTPUT_UNWRITABLE' });
  expect([read(folder, 'a.yaml'), existsSync(fresh), readdirSync(folder)]).toEqual(['a', false, ['a.yaml']]);
});

test('a folder in the place of a file keeps all of them as they were', async () => {
  const folder = temporaryFolder({ 'a.yaml': 'a' });
  mkdirSync(join(folder, 'b.yaml'));
  const write = diskFiles.replaceFiles([
    { path: join(folder, 'a.yaml'), before: 'a', after: 'A' },
    { path: join(folder, 'b.yaml'), after: 'B' },
  ]);
  await expect(write).rejects.toMatchObject({ message: expect.stringContaining('b.yaml: is a folder') });
  expect(read(folder, 'a.yaml')).toBe('a');
});

test('mode, link and byte order mark stay', async () => {
  const folder = temporaryFolder({ 'real.yaml': '\uFEFFa', 'wide.yaml': Buffer.from('\uFEFFb', 'utf16le') });
  chmodSync(join(folder, 'real.yaml'), 0o640);
  symlinkSync('real.yaml', join(folder, 'link.yaml'));
  await diskFiles.replaceFiles([
    { path: join(folder, 'link.yaml'), before: 'a', after: 'A' },
    { path: join(folder, 'wide.yaml'), before: 'b', after: 'B' },
  ]);
  expect(lstatSync(join(folder, 'link.yaml')).isSymbolicLink()).toBe(true);
  expect([read(folder, 'real.yaml'), statSync(join(folder, 'real.yaml')).mode & 0o777]).toEqual(['\uFEFFA', 0o640]);
  expect(readFileSync(join(folder, 'wide.yaml'))).toEqual(Buffer.from('\uFEFFB', 'utf16le'));
});

test('a file that changes between the two looks at it is noticed', async () => {
  const folder = temporaryFolder({ 'a.yaml': 'a', 'b.yaml': 'b' });
  const later = { path: join(folder, 'b.yaml'), before: 'b', after: 'B' };
  const first = {
    path: join(folder, 'a.yaml'),
    before: 'a',
    get after() {
      // The new text of the first file is asked for before anything is replaced: by then both were looked at once at most.
      writeFileSync(join(folder, 'b.yaml'), 'somebody else');
      return 'A';
    },
  };
  await expect(diskFiles.replaceFiles([first, later])).rejects.toMatchObject({ code: 'ERR_OUTPUT_UNWRITABLE' });
  expect([read(folder, 'a.yaml'), read(folder, 'b.yaml')]).toEqual(['a', 'somebody else']);
});
