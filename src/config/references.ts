import { isJsonObject, type JsonObject, type JsonPath } from '../model/json';
import { descriptorProblems } from '../model/xsuaa-checks';
import type { Finding } from './describe-issue';
import { findSecrets } from './find-secrets';
import { insideFolder } from './inside-folder';
import type { Reading } from './layers';
import { locateIn, type Locate } from './place';
import type { Config } from './schema';
import { jsonErrorAt, parseSource } from './source-document';

/** What the files say that a configuration names. */
export interface References {
  /** Security descriptor by XSUAA issuer. */
  readonly security: Readonly<Record<string, JsonObject>>;
  /** Folder of the source by Function; those from Git are missing. */
  readonly sources: Readonly<Record<string, string>>;
}

/** Reads the security descriptors and finds the source folders. */
export async function readReferences(config: Config, reading: Reading, locate: Locate): Promise<References> {
  const security: Record<string, JsonObject> = {};
  const sources: Record<string, string> = {};
  for (const [name, issuer] of Object.entries(config.issuers ?? {})) {
    if (issuer.kind !== 'xsuaa') continue;
    const path = ['issuers', name, 'security'];
    const isInline = typeof issuer.security !== 'string';
    const descriptor =
      typeof issuer.security === 'string' ? await readDescriptor(issuer.security, path, reading, locate) : (issuer.security as JsonObject);
    if (descriptor) security[name] = descriptor;
    if (descriptor && isInline) reading.problems.addFindings(descriptorFindings(descriptor, path), locate);
  }
  for (const [name, { source }] of Object.entries(config.functions ?? {})) {
    if (typeof source !== 'string') continue;
    const folder = await resolve(source, 'folder', ['functions', name, 'source'], reading, locate);
    if (folder !== undefined) sources[name] = folder;
  }
  return { security, sources };
}

async function resolve(
  text: string,
  kind: 'file' | 'folder',
  path: readonly string[],
  { files, folder, problems }: Reading,
  locate: Locate,
): Promise<string | undefined> {
  const inside = await insideFolder(files, folder, text);
  if (!('problem' in inside) && inside.kind === kind) return inside.path;
  const message = 'problem' in inside ? inside.problem : `is ${JSON.stringify(text)}, a ${inside.kind}; give a ${kind}`;
  problems.addFindings([{ path, message }], locate, 'config-file');
  return undefined;
}

async function readDescriptor(file: string, path: readonly string[], reading: Reading, locate: Locate): Promise<JsonObject | undefined> {
  const resolved = await resolve(file, 'file', path, reading, locate);
  if (resolved === undefined) return undefined;
  const text = await reading.files.readText(resolved);
  const parsed = parseJson(text);
  if ('message' in parsed) {
    reading.problems.addSyntax([parsed], resolved);
    return undefined;
  }
  const source = parseSource(text, resolved);
  if ('data' in source) reading.problems.addFindings(descriptorFindings(parsed.value, []), locateIn([{ source, prefix: [] }]));
  for (const { what, path: at } of findSecrets(parsed.value)) {
    reading.problems.add(
      'config-secret',
      { file: resolved, path: at.join('.') },
      `holds ${what}; remove it, manifests are no place for secrets`,
    );
  }
  return parsed.value;
}

function descriptorFindings(descriptor: JsonObject, path: JsonPath): Finding[] {
  return descriptorProblems(descriptor, path).map(({ path: at, message, fix }) => ({
    path: at,
    message,
    ...(fix !== undefined && { fix }),
  }));
}

function parseJson(text: string): { value: JsonObject } | { message: string; line: number; column: number } {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? { value } : { message: 'holds no JSON object; a security descriptor is one', line: 1, column: 1 };
  } catch {
    return { message: 'is no JSON; correct it at this place', ...jsonErrorAt(text) };
  }
}
