import type { JsonObject, JsonPath } from '../../model/json';
import type { OldApiRule } from '../old-api-rule';
import { annotationPath } from '../read/annotations';
import type { Note, Translation } from '../translation';
import type { Candidate } from './candidate';
import { translateCors } from './cors';
import { translateGateway } from './gateway';
import { translateHost } from './host';
import { translateMetadata } from './metadata';
import { refusedNotes } from './refused';
import type { RuleNote } from './rule-notes';
import { settleRules } from './settle-rules';
import type { TranslateSettings } from './settings';
import { serviceMembers, translateRule } from './translate-rule';

export type { TranslateSettings } from './settings';

/** Work that is left to the user although the APIRule can be written: nothing opens before it is done. */
const harmless: ReadonlySet<string> = new Set(['migrate-ext-auth', 'migrate-owner']);

/** Translates an old APIRule into one of version v2; what it cannot translate it leaves to the user, and then writes nothing. */
export function translateApiRule(old: OldApiRule, settings: TranslateSettings): Translation {
  const cors = translateCors(old.corsPolicy);
  const surroundings = { settings, cors: old.corsPolicy === undefined || old.corsPolicy.allowOrigins.length > 0 };
  const translated = old.rules.map((rule, index) => translateRule(rule, index, surroundings));
  const settled = settleRules(translated);
  const [host, gateway, metadata] = [
    translateHost(old.host),
    translateGateway(old.gateway, old.namespace),
    translateMetadata(old.manifest),
  ];
  const notes: Note[] = [
    ...placed(old, metadata.notes, ['metadata']),
    ...placed(old, host.notes, old.form === 'v1alpha1' ? ['spec', 'service', 'host'] : ['spec', 'host']),
    ...placed(old, gateway.notes, ['spec', 'gateway']),
    ...placed(old, cors.notes, old.corsPolicy ? ['spec', 'corsPolicy'] : ['spec']),
    ...settled.notes.map(({ rule, ...note }): Note => ({ ...note, rule, place: old.rules[rule]?.place ?? ['spec', 'rules'] })),
  ];
  const origins = settled.rules.map(({ origin }) => origin);
  if (notes.some(isInTheWay) || host.host === undefined || gateway.gateway === undefined) return { old, origins: [], notes };
  const spec = specOf(old, { gateway: gateway.gateway, host: host.host, corsPolicy: cors.corsPolicy, rules: settled.rules });
  const apiRule: JsonObject = { apiVersion: 'gateway.kyma-project.io/v2', kind: 'APIRule', metadata: metadata.metadata, spec };
  const refused = placed(old, refusedNotes(apiRule), ['spec']);
  return refused.length > 0 ? { old, origins: [], notes: [...notes, ...refused] } : { old, apiRule, origins, notes };
}

function isInTheWay({ effect, id }: Note): boolean {
  return effect === 'manual' && !harmless.has(id);
}

function placed(old: OldApiRule, notes: readonly RuleNote[], place: JsonPath): Note[] {
  return notes.map((note) => ({ ...note, place: old.foundIn === 'annotation' && place[0] === 'spec' ? annotationPath : place }));
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
