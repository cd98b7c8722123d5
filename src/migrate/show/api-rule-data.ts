import { bareApiRule } from '../../model/bare-manifest';
import { isJsonObject, type JsonObject } from '../../model/json';
import { listAt, objectAt, textOf } from '../../model/json-fields';
import { readApiRules } from '../../model/read-api-rules';
import type { Rule } from '../../model/api-rule';
import type { OldRule } from '../old-api-rule';
import type { Note, Translation } from '../translation';
import { accessWords, handlerWords } from './access-words';

/** What became of one old APIRule, beside what the report says of it. */
export interface Fate {
  readonly file: string;
  readonly line: number;
  /** Template that a rendered APIRule comes from. */
  readonly template?: string;
  readonly isWritten: boolean;
  /** Why it is not written. */
  readonly why?: string;
}

/** An old APIRule beside the new one, as the report holds it: old rules in their order, each with the new rules that come from it. */
export function apiRuleData(translation: Translation, fate: Fate): JsonObject {
  const { old, apiRule, notes } = translation;
  const spec = objectAt(apiRule ?? {}, 'spec');
  return {
    apiRule: `${old.namespace}/${old.name}`,
    file: fate.file,
    line: fate.line,
    ...(fate.template !== undefined && { template: fate.template }),
    form: old.form,
    foundIn: old.foundIn,
    written: fate.isWritten,
    ...(fate.why !== undefined && { why: fate.why }),
    host: { old: old.host, ...newOf(listAt(spec, 'hosts')[0]) },
    gateway: { old: old.gateway, ...newOf(spec['gateway']) },
    rules: rulesData(translation),
    notes: notes.filter(({ rule }) => rule === undefined).map(noteData),
  };
}

function newOf(value: JsonObject[string]): JsonObject {
  return value === undefined ? {} : { new: textOf(value) };
}

function rulesData({ old, apiRule, origins, notes }: Translation): JsonObject[] {
  const read = (apiRule ? readApiRules([bareApiRule(apiRule)]).apiRules[0]?.rules : undefined) ?? [];
  const order = listAt(objectAt(apiRule ?? {}, 'spec'), 'rules').filter(isJsonObject);
  return old.rules.map((rule, index) => ({
    rule: index,
    old: oldRuleData(rule),
    new: order.flatMap((_, at) => (origins[at] === index ? newRuleData(read[at], at) : [])),
    notes: notes.filter((note) => note.rule === index).map(noteData),
  }));
}

function oldRuleData({ path, methods, accessStrategies, mutators, service }: OldRule): JsonObject {
  return {
    path,
    methods: [...methods],
    access: accessStrategies.map(handlerWords).join(' or '),
    ...(mutators.length > 0 && { mutators: mutators.map(({ handler }) => handler) }),
    ...(service && { service: `${service.namespace === undefined ? '' : `${service.namespace}/`}${service.name}:${service.port}` }),
  };
}

function newRuleData(rule: Rule | undefined, index: number): JsonObject[] {
  if (!rule) return [];
  const { path, methods, access, service } = rule;
  return [
    {
      rule: index,
      path,
      methods: [...methods],
      access: accessWords(access),
      ...(service && { service: `${service.namespace === undefined ? '' : `${service.namespace}/`}${service.name}:${service.port}` }),
    },
  ];
}

function noteData({ id, effect, message, fix }: Note): JsonObject {
  return { id, effect, message, ...(fix !== undefined && { fix }) };
}
