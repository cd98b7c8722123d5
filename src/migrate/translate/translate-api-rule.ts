import type { JsonObject, JsonPath } from '../../model/json';
import type { OldApiRule } from '../old-api-rule';
import { annotationPath } from '../read/annotations';
import type { Note, Translation } from '../translation';
import type { Candidate, SettledRules } from './candidate';
import { translateCors } from './cors';
import { translateGateway } from './gateway';
import { translateHost } from './host';
import { translateMetadata } from './metadata';
import { refusedNotes } from './refused';
import { isInTheWay, type PlacedNote, type RuleNote } from './rule-notes';
import { settleRules } from './settle-rules';
import type { TranslateSettings } from './settings';
import { serviceMembers, translateRule } from './translate-rule';

export type { TranslateSettings } from './settings';

/** Translates an old APIRule into one of version v2; what it cannot translate it leaves to the user, and then writes nothing. */
export function translateApiRule(old: OldApiRule, settings: TranslateSettings): Translation {
  const cors = translateCors(old.corsPolicy);
  const settled = translateRules(old, settings);
  const [host, gateway, metadata] = [
    translateHost(old.host),
    translateGateway(old.gateway, old.manifest.namespace),
    translateMetadata(old.manifest),
  ];
  const places: readonly (readonly [readonly RuleNote[], JsonPath])[] = [
    [metadata.notes, ['metadata']],
    [host.notes, old.form === 'v1alpha1' ? ['spec', 'service', 'host'] : ['spec', 'host']],
    [gateway.notes, ['spec', 'gateway']],
    [cors.notes, old.corsPolicy ? ['spec', 'corsPolicy'] : ['spec']],
  ];
  const all = [...places.flatMap(([notes]) => notes), ...settled.notes];
  const notes = [...places.flatMap(([some, place]) => placed(old, some, place)), ...settled.notes.map((one) => ofRule(old, one))];
  if (all.some(isInTheWay) || host.host === undefined || gateway.gateway === undefined) return { old, origins: [], notes };
  const spec = specOf(old, { gateway: gateway.gateway, host: host.host, corsPolicy: cors.corsPolicy, rules: settled.rules });
  const apiRule: JsonObject = { apiVersion: 'gateway.kyma-project.io/v2', kind: 'APIRule', metadata: metadata.metadata, spec };
  const refused = placed(old, refusedNotes(apiRule), ['spec']);
  if (refused.length > 0) return { old, origins: [], notes: [...notes, ...refused] };
  return { old, apiRule, origins: settled.rules.map(({ origin }) => origin), notes };
}

function translateRules({ corsPolicy, service, rules }: OldApiRule, settings: TranslateSettings): SettledRules {
  const cors = corsPolicy === undefined || corsPolicy.allowOrigins.length > 0;
  const surroundings = { settings, cors, hasService: service !== undefined };
  return settleRules(
    rules,
    rules.map((rule, index) => translateRule(rule, index, surroundings)),
  );
}

function placed(old: OldApiRule, notes: readonly RuleNote[], place: JsonPath): Note[] {
  const at = old.foundIn === 'annotation' && place[0] === 'spec' ? annotationPath : place;
  return notes.map(({ isWritten: _, ...note }) => ({ ...note, place: at }));
}

function ofRule({ rules }: OldApiRule, { isWritten: _, ...note }: PlacedNote): Note {
  return { ...note, place: rules[note.rule]?.place ?? ['spec', 'rules'] };
}

interface SpecParts {
  readonly gateway: string;
  readonly host: string;
  readonly corsPolicy: JsonObject;
  readonly rules: readonly Candidate[];
}

function specOf(old: OldApiRule, { gateway, host, corsPolicy, rules }: SpecParts): JsonObject {
  return {
    gateway,
    hosts: [host],
    ...(old.service && { service: serviceMembers(old.service) }),
    ...(old.timeoutSeconds !== undefined && { timeout: old.timeoutSeconds }),
    corsPolicy,
    rules: rules.map(({ path, methods, members }) => ({ path, methods: [...methods], ...members })),
  };
}
