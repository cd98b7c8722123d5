import type { CheckResult } from '../../model/check-result';
import { FieldReader, type FieldProblem } from '../../model/field-reader';
import { isJsonObject, type JsonObject } from '../../model/json';
import { listAt, objectAt } from '../../model/json-fields';
import { jsonFlaw } from '../../model/json-flaw';
import type { Manifest } from '../../model/manifest';
import { namespaceOf } from '../../model/object-ref';
import type { OldApiRule } from '../old-api-rule';
import { contradictionOf } from './annotation-agrees';
import { annotationPath, oldSpecAnnotation } from './annotations';
import { given } from './given';
import { hasOldRuleForm, isOfOldOrigin } from './is-old-api-rule';
import { findPlaceholders } from './placeholders';
import { annotationProblem, contradictionProblem, formProblem, placeholderProblem } from './read-problems';
import { readCors, readService, readTimeout } from './read-parts';
import { readOldRule } from './read-rule';

export { isOldApiRule } from './is-old-api-rule';

/** An old APIRule, or what keeps it from being read; never both. */
export interface ReadOldApiRule {
  readonly apiRule?: OldApiRule;
  readonly problems: readonly CheckResult[];
}

/** The spec that its author wrote, and where it was found. */
interface FoundSpec {
  readonly spec: JsonObject;
  readonly foundIn: OldApiRule['foundIn'];
}

/**
 * Reads an APIRule of version v1alpha1 or v1beta1, a half-migrated one, or a live one whose spec stands in an annotation. What is wrong with
 * it are `fail` results, all at once; one that holds placeholders is not read at all, because what is filled in decides what it means.
 */
export function readOldApiRule(manifest: Manifest): ReadOldApiRule {
  const found = findSpec(manifest);
  if ('problem' in found) return { problems: [found.problem] };
  if (Object.keys(found.spec).length === 0) return { problems: [formProblem(manifest, emptySpec, found.foundIn)] };
  const placeholders = placeholdersOf(manifest, found);
  const noted: FieldProblem[] = [];
  const apiRule = readSpec(manifest, found, noted);
  const atPlaceholder = new Set(placeholders.map(({ path }) => JSON.stringify(path)));
  const forms = noted.filter(({ path }) => !atPlaceholder.has(JSON.stringify(path)));
  const problems = [
    ...placeholders.map((placeholder) => placeholderProblem(manifest, placeholder, found.foundIn)),
    ...forms.map((problem) => formProblem(manifest, problem, found.foundIn)),
  ];
  return problems.length > 0 ? { problems } : { apiRule, problems: [] };
}

const emptySpec: FieldProblem = { path: ['spec'], message: 'is empty; give host, gateway, service and rules' };

function findSpec(manifest: Manifest): FoundSpec | { problem: CheckResult } {
  const spec = objectAt(manifest.body, 'spec');
  const text = manifest.annotations[oldSpecAnnotation];
  // An object that was asked for in its old version has the spec in both places.
  const isWhole = listAt(spec, 'rules').some((rule) => isJsonObject(rule) && hasOldRuleForm(rule));
  if (text === undefined || isWhole || !isOfOldOrigin(manifest)) return { spec, foundIn: 'spec' };
  const value = parseAnnotation(text);
  if (typeof value === 'string') return { problem: annotationProblem(manifest, value) };
  const member = contradictionOf(spec, value);
  return member === undefined ? { spec: value, foundIn: 'annotation' } : { problem: contradictionProblem(manifest, member) };
}

/** The spec in an annotation, or what is wrong with the text. */
function parseAnnotation(text: string): JsonObject | string {
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) return 'is no JSON object';
    return jsonFlaw(text, { start: 0, end: text.length })?.message ?? value;
  } catch {
    return 'is no JSON';
  }
}

function placeholdersOf({ body }: Manifest, { spec }: FoundSpec): ReturnType<typeof findPlaceholders> {
  const { name, namespace } = objectAt(body, 'metadata');
  return [
    ...findPlaceholders(name, ['metadata', 'name']),
    ...findPlaceholders(namespace, ['metadata', 'namespace']),
    ...findPlaceholders(spec, ['spec']),
  ];
}

function readSpec(manifest: Manifest, { spec: value, foundIn }: FoundSpec, problems: FieldProblem[]): OldApiRule {
  const spec = new FieldReader(value, ['spec'], problems);
  const rules = spec.at('rules');
  if (rules.isEmpty) rules.problem('is empty; give at least one rule');
  return {
    namespace: namespaceOf(manifest),
    name: manifest.name,
    form: spec.at('service').at('host').absent || !spec.at('host').absent ? 'v1beta1' : 'v1alpha1',
    foundIn,
    host: readHost(spec),
    gateway: readGateway(spec),
    ...given('service', readService(spec.at('service'))),
    ...given('timeoutSeconds', readTimeout(spec.at('timeout'))),
    ...given('corsPolicy', readCors(spec.at('corsPolicy'))),
    rules: rules.list().map((rule) => readOldRule(rule, foundIn === 'annotation' ? annotationPath : rule.path)),
    manifest,
  };
}

/** The host stands at a place of its own in every version; a half-migrated object may have several, which must agree. */
function readHost(spec: FieldReader): string {
  const hosts = spec.at('hosts');
  const places = [spec.at('host'), spec.at('service').at('host')];
  const given = [...new Set([...places.map((place) => place.text()), ...hosts.texts()].filter((text) => text !== undefined))];
  const [host = '', ...others] = given;
  if (given.length === 0) spec.at('host').problem('is missing; give one host');
  if (others.length > 0) {
    const where = hosts.absent ? spec.at('host') : hosts;
    where.problem(`names ${given.map((text) => JSON.stringify(text)).join(' and ')}; an APIRule v2 has one host, so give one`);
  }
  return host;
}

function readGateway(spec: FieldReader): string {
  if (!spec.at('externalGateway').absent)
    spec.at('externalGateway').problem('is unknown to older versions; give gateway, or migrate it by hand');
  return spec.at('gateway').requiredText();
}
