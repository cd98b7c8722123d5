import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFiles } from '../../src/files/files';
import { walkManifests } from '../../src/files/walk';
import { temporaryFolder } from '../support/temporary-folder';

const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

describe('reading', () => {
  test.each<[string, Uint8Array | string, string]>([
    ['UTF-8', 'ä: 1\n', 'ä: 1\n'],
    ['UTF-8 with a byte order mark', Buffer.from([0xef, 0xbb, 0xbf, 0x61]), 'a'],
    ['UTF-16 little endian with a byte order mark', utf16('a: é'), 'a: é'],
  ])('%s becomes text', async (_, bytes, text) => {
    expect(await diskFiles.readText(join(temporaryFolder({ 'a.yaml': bytes }), 'a.yaml'))).toBe(text);
  });

  test.each<[string, string, Uint8Array | string, RegExp]>([
    ['a missing file', 'b.yaml', '', /b\.yaml: no such file/],
    ['binary bytes', 'a.yaml', Buffer.from([1, 0, 2]), /is binary, text is expected/],
    ['UTF-16 without a byte order mark', 'a.yaml', Buffer.from('a: 1', 'utf16le'), /looks like UTF-16 without a byte order mark/],
    ['the same, big end first', 'a.yaml', Buffer.from('a: 1', 'utf16le').swap16(), /looks like UTF-16 without a byte order mark/],
    ['bytes of another encoding', 'a.yaml', Buffer.from([0x61, 0xe4, 0x61]), /is not valid UTF-8 text/],
    ['a folder', '.', '', /is a folder, a file is expected/],
    ['a part of the path that is a file', 'a.yaml/b', 'x', /a part of the path is not a folder/],
  ])('%s is refused with the path and the reason', async (_, name, bytes, message) => {
    const folder = temporaryFolder({ 'a.yaml': bytes });
    await expect(diskFiles.readText(join(folder, name))).rejects.toMatchObject({
      code: 'ERR_FILE_UNREADABLE',
      message: expect.stringMatching(message),
    });
  });

  test('a file above the limit is refused before it is read', async () => {
    const folder = temporaryFolder({ 'a.yaml': 'x'.repeat(11) });
    await expect(diskFiles.readText(join(folder, 'a.yaml'), 10)).rejects.toThrow('has 11 bytes, at most 10 are read');
    // A device tells no size and never ends.
    await expect(diskFiles.readText('/dev/zero', 1_000)).rejects.toThrow('has more than 1000 bytes');
  });
});

describe('walking', () => {
  const walk = async (folder: string) => {
    const found: string[] = [];
    for await (const file of walkManifests(diskFiles, folder)) found.push(file.slice(folder.length + 1));
    return found;
  };

  test('finds manifests in code point order and leaves other files alone', async () => {
    const folder = temporaryFolder({ 'b.yaml': '', 'a/c.yml': '', 'a/d.json': '', 'a/readme.md': '', 'construct-metadata.json': '' });
    expect(await walk(folder)).toEqual(['a/c.yml', 'a/d.json', 'b.yaml']);
  });

  test('a loop of symbolic links ends', async () => {
    const folder = temporaryFolder({ 'a/b.yaml': '' });
    symlinkSync(folder, join(folder, 'a', 'loop'));
    expect(await walk(folder)).toEqual(['a/b.yaml']);
  });
});

describe('writing', () => {
  test('a file appears whole, with its mode, and nothing is left beside it', async () => {
    const folder = temporaryFolder({ 'a.txt': 'old' });
    await diskFiles.writeAtomic(join(folder, 'a.txt'), 'new', 0o600);
    expect([readFileSync(join(folder, 'a.txt'), 'utf8'), statSync(join(folder, 'a.txt')).mode & 0o777, readdirSync(folder)]).toEqual([
      'new',
      0o600,
      ['a.txt'],
    ]);
  });

  test('a pipe or a device is written to, and stays one', async () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [, read] = await Promise.all([diskFiles.writeAtomic(pipe, 'new'), readFile(pipe, 'utf8')]);
    expect([read, statSync(pipe).isFIFO()]).toEqual(['new', true]);
  });

  test('writing into a file keeps the file that stands there, as a mount needs it', async () => {
    const path = join(temporaryFolder({ 'a.txt': 'a longer text than the new one' }), 'a.txt');
    const before = statSync(path).ino;
    await diskFiles.writeInto(path, 'new');
    expect([readFileSync(path, 'utf8'), statSync(path).ino]).toEqual(['new', before]);
    await expect(diskFiles.writeInto(join(path, 'below'), 'new')).rejects.toThrow('a part of the path is not a folder');
  });

  test('a folder is replaced as a whole: files that are not written again are gone, kept names stay', async () => {
    const folder = temporaryFolder({ 'dist/old.yaml': 'old', 'dist/keep.json': '{}' });
    await diskFiles.replaceFolder(join(folder, 'dist'), [{ path: 'a/new.yaml', text: 'new' }], ['keep.json', 'absent.json']);
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()).toEqual([
      'dist',
      'dist/a',
      'dist/a/new.yaml',
      'dist/keep.json',
    ]);
  });

  test('whoever may read the files of a replaced folder may also enter it', async () => {
    const folder = temporaryFolder({ 'dist/old.yaml': 'old' });
    await diskFiles.replaceFolder(join(folder, 'dist'), [{ path: 'dev/geo/new.yaml', text: 'new' }]);
    const modes = ['dist', 'dist/dev', 'dist/dev/geo', 'dist/dev/geo/new.yaml'].map((path) => statSync(join(folder, path)).mode & 0o777);
    expect(modes).toEqual([0o755, 0o755, 0o755, 0o644]);
  });

  test('an error in the middle leaves the old folder as it was', async () => {
    const folder = temporaryFolder({ 'dist/old.yaml': 'old' });
    function* failing() {
      yield { path: 'a.yaml', text: 'a' };
      throw new Error('in the middle');
    }
    await expect(diskFiles.replaceFolder(join(folder, 'dist'), failing())).rejects.toThrow('in the middle');
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()).toEqual(['dist', 'dist/old.yaml']);
  });

  test('a target that cannot be a folder is refused and named', async () => {
    const folder = temporaryFolder({ file: 'x' });
    await expect(diskFiles.replaceFolder(join(folder, 'file', 'dist'), [])).rejects.toMatchObject({ code: 'ERR_OUTPUT_UNWRITABLE' });
  });
});
