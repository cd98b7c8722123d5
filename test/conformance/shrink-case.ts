import type { JsonObject } from '../../src/model/json';
import { isJsonObject } from '../../src/model/json';
import { agrees, compareCases, type Compared } from './compare';
import type { CaseRequest, ConformanceCase } from './conformance-case';
import type { MintedTokens } from './token-recipes';

const maxRounds = 12;

/** Makes a difference small: all smaller forms go into one Envoy, one that still differs is made smaller again. */
export async function shrinkDifference(found: Compared, tokens: MintedTokens): Promise<Compared> {
  let smallest = found;
  for (let round = 0; round < maxRounds; round += 1) {
    const candidates = [...smallerCases(smallest.case, smallest.request)];
    if (candidates.length === 0) return smallest;
    const compared = await compareCases(candidates, tokens).catch(() => []);
    const still = compared.find((one) => !agrees(one));
    if (!still) return smallest;
    smallest = still;
  }
  return smallest;
}

function* smallerCases({ name, manifests }: ConformanceCase, request: CaseRequest): Generator<ConformanceCase> {
  const form = (objects: readonly JsonObject[], call: CaseRequest): ConformanceCase => ({ name, manifests: objects, requests: [call] });
  for (const [index, object] of manifests.entries()) {
    if (object['kind'] !== 'Service') yield form(manifests.toSpliced(index, 1), request);
    for (const less of smallerObjects(object)) yield form(manifests.with(index, less), request);
  }
  const headers = request.headers ?? [];
  for (const index of headers.keys()) yield form(manifests, { ...request, headers: headers.toSpliced(index, 1) });
  for (const target of smallerTargets(request.target)) yield form(manifests, { ...request, target });
}

function* smallerObjects(object: JsonObject): Generator<JsonObject> {
  const spec = isJsonObject(object['spec']) ? object['spec'] : {};
  const rules = Array.isArray(spec['rules']) ? spec['rules'] : [];
  for (const [index, rule] of rules.entries()) {
    if (rules.length > 1) yield { ...object, spec: { ...spec, rules: rules.toSpliced(index, 1) } };
    for (const name of isJsonObject(rule) ? ['request', 'when', 'from', 'to'].filter((key) => key in rule) : [])
      yield { ...object, spec: { ...spec, rules: rules.with(index, without(rule as JsonObject, name)) } };
  }
  if ('corsPolicy' in spec) yield { ...object, spec: without(spec, 'corsPolicy') };
}

function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

function* smallerTargets(target: string): Generator<string> {
  const mark = target.search(/[?#]/);
  if (mark > 0) yield target.slice(0, mark);
  const segments = target.split('/');
  for (let index = 1; index < segments.length && segments.length > 2; index += 1) yield segments.toSpliced(index, 1).join('/');
}
