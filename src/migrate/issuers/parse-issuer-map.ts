import type { CheckResult } from '../../model/check-result';
import { ConfigInvalidError } from '../../model/errors';
import { FieldReader, type FieldProblem } from '../../model/field-reader';
import { formatJsonPath, type JsonPath } from '../../model/json';
import { readYamlDocument } from '../../model/read-yaml-document';
import type { SourceSlice } from '../../model/source-slice';
import { yamlPlaces } from '../../model/yaml-places';
import { isRemoval, type IssuerMap, type IssuerPair, type IssuerReplacement } from './issuer-map';
import { pairProblems } from './pair-problems';
import { migrateResult } from '../migrate-result';

const known = ['from', 'issuer', 'jwksUri', 'remove'];

/**
 * Reads the file of `--issuers`: a YAML or JSON list of `{ from, issuer, jwksUri }` or `{ from, remove: true }`.
 * @param file path as the user gave it, for messages
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID with every problem and its place
 */
export function parseIssuerMap(text: string, file: string): IssuerMap {
  const slice: SourceSlice = { file, text, start: 0, end: text.length, line: 1, column: 1 };
  const read = readYamlDocument(slice);
  if ('problem' in read) throw invalid([read.problem]);
  const problems: FieldProblem[] = [];
  const list = new FieldReader(read.value, [], problems);
  if (list.absent) list.problem('the file is empty; give a list of entries with from, issuer and jwksUri');
  const map = list.list().map(readEntry);
  problems.push(...contradictions(map));
  if (problems.length === 0) return map;
  const places = yamlPlaces(slice);
  throw invalid(problems.map((problem) => problemResult(problem, { file, ...places.locate(problem.path) })));
}

function readEntry(entry: FieldReader): IssuerReplacement {
  const members = entry.object();
  if (!members) {
    if (entry.absent) entry.problem('is empty; give from, issuer and jwksUri');
    return { from: [], remove: true };
  }
  for (const key of Object.keys(members)) {
    if (!known.includes(key)) entry.at(key).problem(`is unknown; an entry has ${known.join(', ')}`);
  }
  const from = readFrom(entry.at('from'));
  return entry.at('remove').boolean() === true ? readRemoval(entry, from) : { from, ...readPair(entry) };
}

function readFrom(from: FieldReader): string[] {
  const texts = from.texts();
  if (from.isEmpty || texts.includes('')) from.problem('is empty; give what old APIRules name under trusted_issuers or jwks_urls');
  return texts;
}

function readRemoval(entry: FieldReader, from: readonly string[]): IssuerReplacement {
  for (const key of ['issuer', 'jwksUri']) {
    if (!entry.at(key).absent) entry.at(key).problem('stands beside remove: true; keep one of the two');
  }
  return { from, remove: true };
}

function readPair(entry: FieldReader): IssuerPair {
  const pair = { issuer: entry.at('issuer').text() ?? '', jwksUri: entry.at('jwksUri').text() ?? '' };
  for (const { member, message } of pairProblems(pair)) {
    const at = entry.at(member);
    if (at.absent || at.isText) at.problem(message);
  }
  return pair;
}

/** What one entry takes away and another replaces. */
function contradictions(map: IssuerMap): FieldProblem[] {
  const removed = new Set(map.filter(isRemoval).flatMap(({ from }) => from));
  return map.flatMap((entry, index) => {
    const both = isRemoval(entry) ? undefined : entry.from.find((text) => removed.has(text));
    if (both === undefined) return [];
    return [{ path: [index, 'from'], message: `replaces ${JSON.stringify(both)}, which another entry removes; keep one of the two` }];
  });
}

function problemResult({ path, message }: FieldProblem, where: { file: string; line: number; column: number }): CheckResult {
  return migrateResult({
    id: 'migrate-issuer-map',
    status: 'fail',
    severity: 'high',
    title: 'The issuer map says what takes the place of what',
    message: `${nameOf(path)}${message}`,
    where: { ...where, ...(path.length > 0 && { path: formatJsonPath(path) }) },
  });
}

function nameOf(path: JsonPath): string {
  return path.length > 0 ? `${formatJsonPath(path)} ` : '';
}

function invalid(results: readonly CheckResult[]): ConfigInvalidError {
  return new ConfigInvalidError(results, 'the issuer map', 'Fix the places above; docs/migrate.md shows an issuer map.');
}
