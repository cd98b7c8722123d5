import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConformanceCase } from './conformance-case';
import { placeCase } from './conformance-case';
import { modelOutcome, outcomeText, withoutTokens } from './outcome';
import type { Compared } from './compare';
import { mintTokens, type MintedTokens } from './token-recipes';

/** Answers of a real Envoy to the requests of one case, in order. Tokens are named, not kept. */
export interface VectorCase extends ConformanceCase {
  readonly envoy: readonly string[];
}

export interface VectorFile {
  /** What gave the answers. */
  readonly recordedFrom: string;
  readonly cases: readonly VectorCase[];
}

/** Where the vectors are, from the root of the project. */
export const vectorFolder = 'test/conformance/vectors';

export async function readVectors(): Promise<readonly (VectorFile & { readonly file: string })[]> {
  const files = (await readdir(vectorFolder)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => ({ file, ...(JSON.parse(await readFile(join(vectorFolder, file), 'utf8')) as VectorFile) })),
  );
}

/** Keeps what Envoy answered. Requests that the model does not claim to know are left out. */
export async function writeVectors(file: string, recordedFrom: string, compared: readonly Compared[]): Promise<void> {
  const cases = new Map<ConformanceCase, Compared[]>();
  for (const one of compared.filter(({ model }) => model.kind !== 'unknown')) cases.set(one.case, [...(cases.get(one.case) ?? []), one]);
  const texts = [...cases].map(([{ name, manifests }, list]) =>
    JSON.stringify({ name, manifests, requests: list.map(({ request }) => request), envoy: list.map(({ envoy }) => outcomeText(envoy)) }),
  );
  await writeFile(join(vectorFolder, file), `{"recordedFrom":${JSON.stringify(recordedFrom)},"cases":[\n${texts.join(',\n')}\n]}\n`);
}

/** Puts the requests of the vectors to the model; one line for each answer that is not Envoy's. */
export async function replayVectors(cases: readonly VectorCase[], tokens?: MintedTokens): Promise<readonly string[]> {
  const minted = tokens ?? (await mintTokens());
  const differences: string[] = [];
  for (const one of cases) {
    const { objects, requests } = placeCase(one, 'c0', minted.texts);
    for (const [index, request] of requests.entries()) {
      const model = outcomeText(withoutTokens(await modelOutcome(objects, request.access, minted.factOf), minted.withNames));
      const envoy = one.envoy[index] ?? '';
      if (model !== envoy) differences.push(`${one.name}: ${JSON.stringify(request.source)}: model ${model}, envoy ${envoy}`);
    }
  }
  return differences;
}
