import type { ServiceRef } from '../../model/api-rule';
import { isJsonObject, type JsonObject } from '../../model/json';
import { listAt, objectAt, textOf } from '../../model/json-fields';
import { parsePathTemplate } from '../../model/path-template';
import type { OldRule } from '../old-api-rule';
import type { PathTranslation } from '../path-translation';
import { translatePath } from '../paths/translate-path';
import { keepAccess, translateAccess } from './access';
import { servedBy, type Candidate } from './candidate';
import type { TranslatedAccess } from './handlers/handler';
import { allowNotes, translateMethods } from './methods';
import { translateMutators } from './mutators';
import { pathNotes } from './path-notes';
import { withPreflight } from './preflight';
import { manual, note, type RuleNote } from './rule-notes';
import type { TranslateSettings } from './settings';

/** What one old rule becomes, before the others are looked at. */
export interface TranslatedRule {
  /** Specific before general; empty when there is none. */
  readonly candidates: readonly Candidate[];
  /** Paths of a rule that refused everything, as far as APIRule v2 can name them. */
  readonly refuses?: readonly string[];
  /** Methods of a rule that refused everything. */
  readonly refusedMethods?: readonly string[];
  /** A path that the old rule took and none of the new ones takes. */
  readonly dropped?: string;
  readonly notes: readonly RuleNote[];
}

/** What of the APIRule counts for its rules. */
export interface RuleSurroundings {
  readonly settings: TranslateSettings;
  /** True when browsers get CORS headers, so that they send preflights. */
  readonly cors: boolean;
  /** True when the APIRule names a service for all its rules. */
  readonly hasService: boolean;
}

/** Translates one old rule. @param origin its index */
export function translateRule(rule: OldRule, origin: number, surroundings: RuleSurroundings): TranslatedRule {
  const { settings, hasService } = surroundings;
  const { oldJwtHandler } = settings;
  const access = rule.newForm ? keepAccess(rule.newForm, settings) : translateAccess(rule.accessStrategies, settings);
  const path = newPath(rule) ?? translatePath(rule.path, { oldJwtHandler, allowWidening: settings.allowWidening(rule.path) });
  const notes = [...access.notes, ...pathNotes(rule, path)];
  if (access.access === 'refuse') return refusing(rule, path, access.notes);
  const methods = methodsOf(rule, access, surroundings);
  if (!hasService && !rule.service) notes.push(noService);
  const mutators = mutatorsOf(rule, access);
  notes.push(...methods.notes, ...mutators.notes);
  if (access.access === undefined || methods.methods.length === 0) return { candidates: [], notes };
  const members = { ...accessMembers(rule, access.access), ...rest(rule, mutators.request) };
  const by = servedBy(rule);
  const oldMethods = by === 'direct' ? methods.methods : rule.methods;
  const shared = { methods: methods.methods, members, origin, servedBy: by, oldMethods, oldPath: rule.path };
  return {
    candidates: path.paths.map((each) => ({ path: each, ...shared })),
    ...(path.dropped !== undefined && { dropped: path.dropped }),
    notes,
  };
}

const noService: RuleNote = manual(
  'migrate-service',
  'neither the rule nor the APIRule names a service',
  'Name the service that the calls go to.',
);

/** A rule that lets nobody in loses nothing with its path, but others may take it. */
function refusing({ path, methods }: OldRule, { paths, dropped }: PathTranslation, notes: readonly RuleNote[]): TranslatedRule {
  const lost = paths.length === 0 ? path : dropped;
  return { candidates: [], refuses: paths, refusedMethods: methods, notes, ...(lost !== undefined && { dropped: lost }) };
}

/** The path of a rule that has the new form already; `undefined` when it is still an expression. */
function newPath({ newForm }: OldRule): PathTranslation | undefined {
  const path = textOf(newForm?.['path']);
  return newForm && parsePathTemplate(path) ? { paths: [path] } : undefined;
}

function methodsOf(rule: OldRule, { access }: TranslatedAccess, { settings, cors }: RuleSurroundings): ReturnType<typeof translateMethods> {
  const handlers = rule.accessStrategies.map(({ handler }) => handler);
  const allows = handlers.includes('allow');
  const translated = translateMethods(rule.methods, { allows, allowMethods: settings.allowMethods });
  if (rule.newForm || access === undefined) return translated;
  const isProtected = isJsonObject(access) && access['noAuth'] !== true;
  const kind = isProtected ? 'protected' : allows ? 'allow' : servedBy(rule) === 'oathkeeper' ? 'noop' : 'no_auth';
  const { methods, notes } = cors ? withPreflight(translated.methods, kind) : { methods: translated.methods, notes: [] };
  return { methods, notes: [...translated.notes, ...(allows && methods.length > 0 ? allowNotes(methods) : []), ...notes] };
}

/** Mutators ran where Oathkeeper or Istio looked at a token, not on the straight way to a service. */
function mutatorsOf(rule: OldRule, { access }: TranslatedAccess): ReturnType<typeof translateMutators> {
  if (rule.mutators.length === 0) return { notes: [] };
  if (['oathkeeper', 'proxy'].includes(servedBy(rule))) return translateMutators(rule.mutators, tokenHeaders(access));
  const message =
    'the rule has mutators, which ran only where Oathkeeper or Istio checked a token, so they never did here and are left out';
  return { notes: [note('migrate-mutator', 'lost', message)] };
}

/** Lower-case names of the headers in which tokens are read. */
function tokenHeaders(access: TranslatedAccess['access']): string[] {
  if (!isJsonObject(access) || access['noAuth'] === true) return [];
  const authentications = listAt(objectAt(access, 'jwt'), 'authentications').filter(isJsonObject);
  const named = authentications.flatMap((entry) =>
    listAt(entry, 'fromHeaders')
      .filter(isJsonObject)
      .map((header) => textOf(header['name'])),
  );
  return named.length > 0 ? named.map((name) => name.toLowerCase()) : ['authorization'];
}

/** A rule in the new form keeps what it has beside the strategy, which the issuer map may have changed. */
function accessMembers({ newForm }: OldRule, access: JsonObject): JsonObject {
  if (!newForm) return access;
  const { path: _path, methods: _methods, mutators: _mutators, ...members } = newForm;
  return { ...members, ...access };
}

function rest(rule: OldRule, request: JsonObject | undefined): JsonObject {
  if (rule.newForm) return {};
  return {
    ...(rule.service && { service: serviceMembers(rule.service) }),
    ...(rule.timeoutSeconds !== undefined && { timeout: rule.timeoutSeconds }),
    ...(request && { request }),
  };
}

/** A service as an APIRule v2 writes it. */
export function serviceMembers({ name, namespace, port }: ServiceRef): JsonObject {
  return { name, ...(namespace !== undefined && { namespace }), port };
}
