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
  return parts.reduce(joined, '');
}

function companion(object: JsonObject): string {
  const { namespace, name } = objectAt(object, 'metadata');
  return `---\n# Companion of the migration: ${textOf(object['kind'])} ${textOf(namespace)}/${textOf(name)}\n${printManifests([object])}`;
}

function joined(before: string, text: string): string {
  if (before === '' || text.trim() === '') return before + text;
  const end = before.endsWith('\n') ? before : `${before}\n`;
  return /^(?:\s*(?:#[^\n]*)?\n)*---(?:\s|$)/.test(text) ? end + text : `${end}---\n${text}`;
}
