import type { JsonObject } from '../../model/json';
import { objectAt, textOf } from '../../model/json-fields';
import { namespaceOf } from '../../model/object-ref';
import { printManifests } from '../../model/print-manifests';
import { readDocuments } from '../../model/read-documents';
import { isSameJson } from '../../model/same-json';
import { splitDocuments } from '../../model/split-documents';

/**
 * Text of a file of companions. What it holds already stays as it is; an object of the same kind and name that says something else is replaced.
 *
 * @param existing text of the file; empty when there is none
 */
export function companionText(objects: readonly JsonObject[], existing: string): string {
  const wanted = new Map(objects.map((object) => [refOf(object), object]));
  const kept: string[] = [];
  for (const { start, end } of splitDocuments(existing)) {
    const text = existing.slice(start, end);
    const [only, second] = [...readDocuments(text, '')].flatMap((document) => ('manifest' in document ? [document.manifest] : []));
    const ref = only && second === undefined ? `${only.kind} ${namespaceOf(only)}/${only.name}` : '';
    const now = wanted.get(ref);
    if (now && !isSameJson(now, only?.body)) continue;
    wanted.delete(ref);
    kept.push(text);
  }
  const before = kept.join('');
  if (wanted.size === 0) return before;
  const text = printManifests([...wanted.values()]);
  if (before.trim() === '') return text;
  return `${before}${before.endsWith('\n') ? '' : '\n'}---\n${text}`;
}

function refOf(object: JsonObject): string {
  const { namespace, name } = objectAt(object, 'metadata');
  return `${textOf(object['kind'])} ${namespace === undefined ? 'default' : textOf(namespace)}/${textOf(name)}`;
}
