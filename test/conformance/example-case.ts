import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JsonObject } from '../../src/model/json';
import { readManifests } from '../../src/model/read-manifests';

/** What the access model reads. */
const kinds: ReadonlySet<string> = new Set(['APIRule', 'Service', 'Function', 'AuthorizationPolicy', 'RequestAuthentication']);

/** Domain of the hosts of the example in its environment `dev`. */
const domain = 'c-7f31d2a.kyma.ondemand.com';

/** The manifests of a folder in the form of a conformance case: hosts and namespaces of its own, functions without their source. */
export async function exampleManifests(folder: string): Promise<readonly JsonObject[]> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.yaml')).sort();
  const read = await Promise.all(files.map(async (file) => readManifests(await readFile(join(folder, file), 'utf8'), file)));
  const problems = read.flatMap((one) => one.problems);
  if (problems[0]) throw new TypeError(`${folder}: ${problems[0].message}`);
  const bodies = read.flatMap(({ manifests }) => manifests).filter(({ kind }) => kinds.has(kind));
  return bodies.map(({ body }) => inCase(body));
}

function inCase(body: JsonObject): JsonObject {
  const text = JSON.stringify(body, (key, value: unknown) => {
    if (key === 'namespace' && typeof value === 'string') return `${value}-@case`;
    return key === 'source' && typeof value === 'object' ? {} : value;
  });
  return JSON.parse(text.replaceAll(domain, '@case.example.com')) as JsonObject;
}
