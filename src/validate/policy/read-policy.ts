import { severities, type Severity } from '../../model/check-result';
import { FieldReader, type FieldProblem } from '../../model/field-reader';
import type { JsonObject } from '../../model/json';
import { onlyMembers } from '../../model/only-members';
import type { Policy, PublicPath, RequiredAudiences } from './policy';
import { hostPatternProblem, issuerPatternProblem } from './policy-pattern';

const members = ['version', 'allowedIssuers', 'allowedHosts', 'publicPaths', 'requiredAudiences', 'maxSuppressible'];

/**
 * Reads a policy out of the mapping of its file. A member that is unknown or wrong is a problem: a policy that is half understood protects nobody.
 * @returns the policy, and problems with their place in the mapping; the policy counts only without problems
 */
export function readPolicy(data: JsonObject): { policy: Policy; problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const root = new FieldReader(data, [], problems);
  if (typeof data['apiVersion'] === 'string' && typeof data['kind'] === 'string') {
    root.at('kind').problem(`is ${JSON.stringify(data['kind'])}: this is a manifest, no policy; give a file that begins with version: 1`);
    return { policy: {}, problems };
  }
  onlyMembers(root, members);
  if (root.at('version').integer() !== 1) root.at('version').problem('is missing or another; give 1');
  const maxSuppressible = readSeverity(root.at('maxSuppressible'));
  const policy: Policy = {
    ...optional('allowedIssuers', root, (list) => patterns(list, issuerPatternProblem)),
    ...optional('allowedHosts', root, (list) => patterns(list, hostPatternProblem)),
    ...optional('publicPaths', root, (list) => list.list().map(readPublicPath)),
    ...optional('requiredAudiences', root, (list) => list.list().map(readAudiences)),
    ...(maxSuppressible !== undefined && { maxSuppressible }),
  };
  return { policy, problems };
}

/** An empty list is no absent one: it allows nothing. */
function optional<K extends string, T>(key: K, root: FieldReader, read: (list: FieldReader) => T): { [P in K]?: T } {
  const list = root.at(key);
  return list.absent ? {} : ({ [key]: read(list) } as { [P in K]: T });
}

function patterns(list: FieldReader, problemOf: (pattern: string) => string | undefined): string[] {
  return list.list().map((entry) => pattern(entry, problemOf));
}

function pattern(entry: FieldReader, problemOf: (pattern: string) => string | undefined): string {
  const text = entry.requiredText();
  const problem = text === '' ? undefined : problemOf(text);
  if (problem !== undefined) entry.problem(`is ${JSON.stringify(text)}, which ${problem}`);
  return text;
}

/** What is no mapping is one mistake, not one for each member that is missing in it. */
function isMapping(entry: FieldReader, what: string): boolean {
  if (entry.absent) entry.problem(`is empty; give ${what}`);
  return entry.object(what) !== undefined;
}

function readPublicPath(entry: FieldReader): PublicPath {
  if (!isMapping(entry, 'host and path, as in { host: "*", path: /healthz }')) return { host: '', path: '' };
  onlyMembers(entry, ['host', 'path']);
  const path = entry.at('path').requiredText();
  if (path !== '' && !path.startsWith('/')) entry.at('path').problem(`is ${JSON.stringify(path)}; give a path that begins with a slash`);
  return { host: pattern(entry.at('host'), hostPatternProblem), path };
}

function readAudiences(entry: FieldReader): RequiredAudiences {
  if (!isMapping(entry, 'issuer and audiences, as in { issuer: https://id.example.com, audiences: [orders] }'))
    return { issuer: '', audiences: [], match: 'any' };
  onlyMembers(entry, ['issuer', 'audiences', 'match']);
  const match = entry.at('match').text() ?? 'any';
  if (match !== 'any' && match !== 'all') entry.at('match').problem(`is ${JSON.stringify(match)}; give any or all`);
  const audiences = entry.at('audiences').texts();
  if (audiences.length === 0) entry.at('audiences').problem('is empty; give at least one audience');
  return { issuer: pattern(entry.at('issuer'), issuerPatternProblem), audiences, match: match === 'all' ? 'all' : 'any' };
}

function readSeverity(field: FieldReader): Severity | 'none' | undefined {
  const text = field.text();
  if (text === undefined) return undefined;
  const choices = [...severities, 'none'] as const;
  const known = choices.find((choice) => choice === text);
  if (!known) field.problem(`is ${JSON.stringify(text)}; give one of ${choices.join(', ')}`);
  return known;
}
