import { printManifests } from '../../model/print-manifests';
import { objectAt, textOf } from '../../model/json-fields';
import type { JsonObject } from '../../model/json';
import type { Output } from './migrated-files';

/** Every manifest of the input as one YAML stream, migrated ones in their new form; what goes beside them stands at the end. */
export function streamOf({ files, companions, fresh }: Output): string {
  const parts = [
    ...files.filter(({ source }) => source.isStream).map(({ text }) => text),
    ...fresh.map(({ apiRule }) => printManifests([apiRule])),
    ...companions.flatMap(({ objects }) => objects.map(companion)),
  ];
  return parts
    .filter((text) => text.trim() !== '')
    .flatMap((text, index, all) => [...(index === 0 ? [] : separator(all[index - 1] ?? '', text)), text])
    .join('');
}

/** What stands between two texts so that each document stays one. */
function separator(before: string, after: string): string[] {
  return [...(before.endsWith('\n') ? [] : ['\n']), ...(beginsWithMark(after) ? [] : ['---\n'])];
}

/** True when nothing but comments and blank lines stands before the first `---`. */
function beginsWithMark(text: string): boolean {
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end).trim();
    if (line !== '' && !line.startsWith('#')) return line === '---' || line.startsWith('--- ');
    at = end < 0 ? text.length : end + 1;
  }
  return false;
}

function companion(object: JsonObject): string {
  const { namespace, name } = objectAt(object, 'metadata');
  return `---\n# Companion of the migration: ${textOf(object['kind'])} ${textOf(namespace)}/${textOf(name)}\n${printManifests([object])}`;
}
