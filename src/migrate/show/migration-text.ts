import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../model/json-fields';
import { proofParts } from '../../report/proof-parts';

/** A migration for people: old rules beside new ones, what the proof shows, and the way of each workload. Not neutralized. */
export function migrationText(data: JsonObject): string {
  const rules = objects(data, 'rules');
  if (rules.length === 0) return '';
  const proofs = objects(data, 'proof');
  return [...rules.map(apiRuleText), ...proofs.map(proofText), ...objects(data, 'plan').map(planText), ''].join('\n');
}

function apiRuleText(apiRule: JsonObject): string {
  const head = `APIRule ${textOf(apiRule['apiRule'])}  ${apiRule['written'] === true ? 'migrated' : 'NOT WRITTEN'}  (${textOf(apiRule['file'])}:${textOf(apiRule['line'])}, ${textOf(apiRule['form'])})`;
  const why = apiRule['why'] === undefined ? [] : [`  ${textOf(apiRule['why'])}`];
  const names = ['host', 'gateway'].flatMap((name) => changeLine(name, objectAt(apiRule, name)));
  return [head, ...why, ...names, ...sideBySide(objects(apiRule, 'rules')), ''].join('\n');
}

function changeLine(name: string, value: JsonObject): string[] {
  const [old, now] = [textOf(value['old']), textOf(value['new'])];
  return now === '' || now === old ? [] : [`  ${name}: ${old} -> ${now}`];
}

/** Old rules on the left, in their order; on the right the new rules that come from each, with their place in the new list. */
function sideBySide(rules: readonly JsonObject[]): string[] {
  const rows = rules.flatMap((row) => {
    const made = objects(row, 'new');
    const old = ruleLine(objectAt(row, 'old'));
    const right = made.length === 0 ? ['none'] : made.map((rule) => `${Number(rule['rule']) + 1}. ${ruleLine(rule)}`);
    const notes = objects(row, 'notes').map((note) => `${textOf(note['effect'])}: ${textOf(note['message'])}`);
    return [{ left: `${Number(row['rule']) + 1}. ${old}`, right, notes }];
  });
  const width = Math.min(70, Math.max(0, ...rows.map(({ left }) => left.length)));
  return rows.flatMap(({ left, right, notes }) => [
    ...right.map((text, index) => `  ${(index === 0 ? left : '').padEnd(width)}  =>  ${text}`),
    ...notes.map((note) => `       ${note}`),
  ]);
}

function ruleLine(rule: JsonObject): string {
  return `${textOf(rule['path'])} ${texts(rule, 'methods').join(',')} ${textOf(rule['access'])}`;
}

function proofText(proof: JsonObject): string {
  const names = texts(proof, 'apiRules').join(', ');
  const verdict = proof['proven'] === true ? 'proven: no request through the gateway that was refused is let in' : 'NOT PROVEN';
  const part = (name: string, what: string): string[] => {
    const all = objects(proof, name);
    return all.length === 0 ? [] : [`  ${what}:`, ...all.map((request) => `    ${requestLine(request)}`)];
  };
  return [
    `Proof of ${names}: ${verdict}`,
    ...proofParts.flatMap(([name, what]) => part(name, what)),
    ...texts(proof, 'open').map((text) => `  cannot be told: ${text}`),
    '',
  ].join('\n');
}

function requestLine(request: JsonObject): string {
  return `${texts(request, 'methods').join(',')} ${textOf(request['host'])}${textOf(request['path'])} ${textOf(request['caller'])}`;
}

function planText(plan: JsonObject): string {
  const services = texts(plan, 'services').join(', ') || 'no workload';
  const blocked = texts(plan, 'blockedBy');
  const state = blocked.length > 0 ? [`  nothing is written before ${blocked.join(', ')} can be migrated`] : [];
  return [`Plan for ${services}`, ...state, ...objects(plan, 'steps').flatMap(stepLines), ''].join('\n');
}

function stepLines(step: JsonObject): string[] {
  const [apply, remove, check] = [texts(step, 'apply'), texts(step, 'remove'), texts(step, 'check')];
  return [
    `  ${textOf(step['number'])}. ${textOf(step['title'])}`,
    ...(apply.length > 0 ? [`     apply:     ${apply.join(', ')}`] : []),
    ...(remove.length > 0 ? [`     delete:    ${remove.join(', ')}`] : []),
    ...check.map((command) => `     check:     ${command}`),
    `     meanwhile: ${textOf(step['meanwhile'])}`,
    `     way back:  ${textOf(step['wayBack'])}`,
  ];
}

function objects(parent: JsonObject, key: string): readonly JsonObject[] {
  return objectsAt(parent, key).map(([entry]) => entry);
}

function texts(parent: JsonObject, key: string): string[] {
  return listAt(parent, key)
    .filter((value: JsonValue) => !isJsonObject(value))
    .map((value) => textOf(value));
}
