import { collectManifests, type ReadDocument } from './collect-manifests';
import { jsonFlaw, twice, type JsonFlaw } from './json-flaw';
import { jsonPlaces } from './json-places';
import { jsonSyntaxFlaw } from './json-syntax';
import type { JsonValue } from './json';
import { elementsOf, JsonFormError, membersOf, skipSpace, valueEnd, type JsonMember, type JsonRange } from './scan-json';
import { positionIn, type SourceSlice } from './source-slice';
import { syntaxProblem } from './syntax-problem';

/**
 * The JSON values that a document is made of; nothing when it does not begin like JSON, or when it is not JSON and short enough to be read
 * as YAML, which it may be.
 *
 * @param maxYamlLength Documents of more characters are JSON or nothing.
 */
export function jsonValuesOf({ text, start, end }: SourceSlice, maxYamlLength: number): readonly JsonRange[] | undefined {
  const values: JsonRange[] = [];
  const mayBeYaml = end - start <= maxYamlLength;
  for (let at = contentStart(text, start, end); at < end; at = skipSpace(text, at, end)) {
    const first = text.charAt(at);
    const isValue = first === '{' || first === '[';
    if (!isValue && (values.length === 0 || mayBeYaml)) return undefined;
    const value = { start: at, end: isValue ? valueEnd(text, at, end) : end };
    if (mayBeYaml && !isJson(text, value)) return undefined;
    values.push(value);
    at = value.end;
  }
  return values.length === 0 ? undefined : values;
}

/** Reads the JSON values of a document. The items of a list are read one by one, so that a long list never stands in memory as objects. */
export function* readJsonText(slice: SourceSlice, values: readonly JsonRange[]): Generator<ReadDocument> {
  for (const value of partsOf(slice, values)) yield* readValue(value);
}

function* readValue(slice: SourceSlice): Generator<ReadDocument> {
  const { text } = slice;
  try {
    const items = text.charAt(slice.start) === '{' ? listItems(slice) : undefined;
    if (!items) yield* readObject(slice);
    else if ('message' in items) yield flawProblem(slice, items);
    else for (const item of partsOf(slice, elementsOf(text, items))) yield* readObject(item);
  } catch (error) {
    if (!(error instanceof JsonFormError)) throw error;
    yield flawProblem(slice, jsonSyntaxFlaw(text, slice));
  }
}

/** Parts of a document in the order in which they stand there; lines are counted on from one to the next. */
function* partsOf(slice: SourceSlice, ranges: Iterable<JsonRange>): Generator<SourceSlice> {
  let last = slice;
  for (const range of ranges) {
    last = { ...last, ...positionIn(last, range.start), ...range };
    yield last;
  }
}

function* readObject(slice: SourceSlice): Generator<ReadDocument> {
  const { text, file, start, end } = slice;
  let value: JsonValue;
  try {
    value = JSON.parse(text.slice(start, end)) as JsonValue;
  } catch {
    yield flawProblem(slice, jsonSyntaxFlaw(text, slice));
    return;
  }
  const flaw = jsonFlaw(text, slice);
  if (flaw) yield flawProblem(slice, flaw);
  else yield* collectManifests(value, [], { file, ...jsonPlaces(slice) });
}

function flawProblem(slice: SourceSlice, { offset, message }: JsonFlaw): ReadDocument {
  return { problem: syntaxProblem(slice.file, positionIn(slice, offset), message) };
}

/** Where the items of a list stand; what is wrong with the members around them; nothing when the object is no list. */
function listItems({ text, start, end }: SourceSlice): JsonRange | JsonFlaw | undefined {
  const members = new Map<string, JsonMember>();
  let flaw: JsonFlaw | undefined;
  for (const member of membersOf(text, { start, end })) {
    if (members.has(member.key)) flaw ??= { offset: member.keyStart, message: twice(JSON.stringify(member.key)) };
    members.set(member.key, member);
    if (member.key !== 'items' && !isJson(text, member.value)) throw new JsonFormError(member.value.start, 'this is no JSON');
  }
  const [kind, items] = [members.get('kind')?.value, members.get('items')?.value];
  const isList = kind && items && text.slice(kind.start, kind.end).endsWith('List"') && text.charAt(items.start) === '[';
  if (!isList) return undefined;
  return flaw ?? items;
}

function isJson(text: string, { start, end }: JsonRange): boolean {
  try {
    JSON.parse(text.slice(start, end));
    return true;
  } catch {
    return false;
  }
}

/** Behind the mark that begins a document of a stream, if only white space follows it on its line. */
function contentStart(text: string, start: number, end: number): number {
  const first = skipSpace(text, start, end);
  return text.startsWith('---', first) ? skipSpace(text, first + 3, end) : first;
}
