import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../../src/files/files';
import { walkManifests } from '../../src/files/walk';
import { temporaryFolder } from '../support/temporary-folder';

/** A folder as the kubelet mounts a ConfigMap: names that lead through `..data` to a folder with the time in its name. */
function mounted(texts: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  const version = '..2026_11_26_09_30_00.1234567';
  mkdirSync(join(folder, version));
  symlinkSync(version, join(folder, '..data'));
  for (const [name, text] of Object.entries(texts)) {
    writeFileSync(join(folder, version, name), text);
    symlinkSync(join('..data', name), join(folder, name));
  }
  return folder;
}

async function walked(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const path of walkManifests(diskFiles, folder)) found.push(path.slice(folder.length + 1));
  return found;
}

test('each file of a mounted ConfigMap is read once, under its own name', async () => {
  expect(await walked(mounted({ 'a.yaml': 'a: 1', 'b.json': '{}' }))).toEqual(['a.yaml', 'b.json']);
});

test('folders of other names are read', async () => {
  const folder = temporaryFolder({ '.hidden/a.yaml': 'a: 1', '.data/b.yaml': 'b: 1' });
  expect(await walked(folder)).toEqual(['.data/b.yaml', '.hidden/a.yaml']);
});
