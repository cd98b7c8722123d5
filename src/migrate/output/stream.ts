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
  return joined(parts.filter((part) => part !== ''));
}

function companion(object: JsonObject): string {
  const { namespace, name } = objectAt(object, 'metadata');
  return `---\n# Companion of the migration: ${textOf(object['kind'])} ${textOf(namespace)}/${textOf(name)}\n${printManifests([object])}`;
}

/** Puts documents one behind the other, each on a line of its own. Takes time in proportion to the text: a text that grows is never read again. */
function joined(parts: readonly string[]): string {
  return parts.map((text, at) => `${gapBefore(parts[at - 1], text)}${text}`).join('');
}

function gapBefore(before: string | undefined, text: string): string {
  if (before === undefined || text.trim() === '') return '';
  const end = before.endsWith('\n') ? '' : '\n';
  return /^(?:\s*(?:#[^\n]*)?\n)*---(?:\s|$)/.test(text) ? end : `${end}---\n`;
}
