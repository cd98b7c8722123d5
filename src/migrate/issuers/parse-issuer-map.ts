import { checkResult, type CheckResult } from '../../model/check-result';
import { ConfigInvalidError } from '../../model/errors';
import { FieldReader, type FieldProblem } from '../../model/field-reader';
import { formatJsonPath, type JsonPath } from '../../model/json';
import { readYamlDocument } from '../../model/read-yaml-document';
import type { SourceSlice } from '../../model/source-slice';
import { yamlPlaces } from '../../model/yaml-places';
import { isRemoval, type IssuerMap, type IssuerReplacement } from './issuer-map';
import { pairProblems } from './pair-problems';

const members = ['from', 'issuer', 'jwksUri', 'remove'];

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
  for (const key of Object.keys(entry.object() ?? {})) {
    if (!members.includes(key)) entry.at(key).problem(`is unknown; an entry has ${members.join(', ')}`);
  }
  const from = entry.at('from');
  const texts = from.texts();
  if (texts.length === 0 || texts.includes('')) from.problem('is empty; give what old APIRules name under trusted_issuers or jwks_urls');
  if (entry.at('remove').boolean() === true) {
    for (const key of ['issuer', 'jwksUri'])
      if (!entry.at(key).absent) entry.at(key).problem('stands beside remove: true; keep one of the two');
    return { from: texts, remove: true };
  }
  const pair = { issuer: entry.at('issuer').requiredText(), jwksUri: entry.at('jwksUri').requiredText() };
  for (const { member, message } of pairProblems(pair)) entry.at(member).problem(message);
  return { from: texts, ...pair };
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
  return checkResult({
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
