import { Yaml } from 'cdk8s';
import type { JsonObject } from '../model/json';
import { objectAt, textOf } from '../model/json-fields';
import { shortDigest } from '../model/short-digest';

/** An immutable ConfigMap whose name follows its content. */
export interface FilesConfigMap {
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Bytes of one ConfigMap as JSON, the form in which client-side apply copies it into an annotation; leaves room for its metadata. */
const maxBytes = 160 * 1024;

/** The file of each APIRule, called like it, so that results name the object. */
export function apiRuleFiles(apiRules: readonly JsonObject[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    apiRules.map((rule) => {
      const { namespace, name } = objectAt(rule, 'metadata');
      return [`${textOf(namespace)}.${textOf(name)}.yaml`, Yaml.stringify(rule)];
    }),
  );
}

/**
 * Distributes files over as many ConfigMaps as they need. Their names are the prefix and a digest of the content.
 * @throws {TypeError} when one file alone is too large
 */
export function packFiles(prefix: string, files: Readonly<Record<string, string>>): FilesConfigMap[] {
  const packs: Record<string, string>[] = [];
  let room = 0;
  for (const [name, text] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes = Buffer.byteLength(JSON.stringify({ [name]: text }));
    if (bytes > maxBytes) throw new TypeError(`${name} has ${bytes} bytes, and a ConfigMap takes ${maxBytes}; split it`);
    if (bytes > room || packs.length === 0) {
      packs.push({});
      room = maxBytes;
    }
    Object.assign(packs.at(-1) ?? {}, { [name]: text });
    room -= bytes;
  }
  return packs.map((data) => ({ name: `${prefix}${shortDigest(data)}`, data }));
}
