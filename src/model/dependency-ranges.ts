import { isJsonObject, type JsonObject } from './json';
import { objectAt, textOf } from './json-fields';
import type { Problem } from './problem';

/** More names than these tell nothing new. */
const shown = 5;

/** Finds dependencies of an inline Function that another start of its Pod may resolve to other code. */
export function dependencyRangeAdvice(spec: JsonObject): Problem[] {
  const text = textOf(objectAt(objectAt(spec, 'source'), 'inline')['dependencies']);
  const loose = textOf(spec['runtime']).startsWith('python') ? looseRequirements(text) : looseVersions(text);
  if (loose.length === 0) return [];
  const more = loose.length > shown ? ` and ${loose.length - shown} more` : '';
  const message = `leaves the version of ${loose.slice(0, shown).join(', ')}${more} open, and every Pod installs it anew`;
  return [{ id: 'function-dependencies-range', path: ['spec', 'source', 'inline', 'dependencies'], message }];
}

const exactVersion = /^[v=]*\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/;
/** Addresses that name content by its digest or commit; a whole other language, of which only the sure forms are taken. */
const exactAddress = /#[0-9a-f]{40}$|\.tgz$|\.tar\.gz$|^file:/;

function looseVersions(text: string): string[] {
  const parsed = parse(text);
  const lists = ['dependencies', 'optionalDependencies'].map((field) => objectAt(parsed, field));
  return lists
    .flatMap((list) => Object.entries(list))
    .filter(([, version]) => !isExact(textOf(version).trim()))
    .map(([name]) => name);
}

function isExact(version: string): boolean {
  const plain = version.startsWith('npm:') ? version.slice(version.lastIndexOf('@') + 1) : version;
  return exactVersion.test(plain) || exactAddress.test(plain);
}

function parse(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text);
    return isJsonObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function looseRequirements(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('-') && !line.includes('://') && !/===?\s*[^*\s]+(?:\s|;|$)/.test(line))
    .map((line) => /^[^\s<>=!~;[@]+/.exec(line)?.[0] ?? line);
}
