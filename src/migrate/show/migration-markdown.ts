import { isJsonObject, type JsonObject } from '../../model/json';
import { proofParts, proofTitle } from '../../report/proof-parts';
import { listAt, objectAt, objectsAt, textOf } from '../../model/json-fields';
import {
  neutralizeForMarkdown as plain,
  neutralizeForMarkdownCode as code,
  neutralizeForMarkdownFence as fence,
} from '../../report/neutralize';

/** A migration as Markdown, for a pull request: a table per APIRule, what the proof shows, and the way of each workload. */
export function migrationMarkdown(data: JsonObject): string {
  const rules = objects(data, 'rules');
  if (rules.length === 0) return '';
  return (
    [
      '## Migration',
      ...rules.map(apiRuleSection),
      ...objects(data, 'proof').map(proofSection),
      ...objects(data, 'plan').map(planSection),
    ].join('\n\n') + '\n'
  );
}

function apiRuleSection(apiRule: JsonObject): string {
  const place = `${textOf(apiRule['file'])}:${textOf(apiRule['line'])}`;
  const why = apiRule['why'] === undefined ? [] : [plain(textOf(apiRule['why']))];
  const notes = objects(apiRule, 'notes').map((note) => `- ${noteText(note)}`);
  return [
    `### APIRule ${code(textOf(apiRule['apiRule']))}`,
    `${apiRule['written'] === true ? 'Migrated' : '**Not written**'}, ${code(place)}, ${plain(textOf(apiRule['form']))}`,
    ...why,
    ['| Old rule | New rules | What changes |', '| --- | --- | --- |', ...objects(apiRule, 'rules').map(ruleRow)].join('\n'),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
  ].join('\n\n');
}

function ruleRow(row: JsonObject): string {
  const made = objects(row, 'new').map(ruleText);
  const notes = objects(row, 'notes').map(noteText);
  return `| ${ruleText(objectAt(row, 'old'))} | ${made.join('<br>') || 'none'} | ${notes.join('<br>')} |`;
}

function ruleText(rule: JsonObject): string {
  return `${code(textOf(rule['path']))} ${plain(texts(rule, 'methods').join(', '))}: ${plain(textOf(rule['access']))}`;
}

function noteText(note: JsonObject): string {
  const fix = note['fix'] === undefined ? '' : `; *to do*: ${plain(textOf(note['fix']))}`;
  return `**${plain(textOf(note['effect']))}**: ${plain(textOf(note['message']))}${fix}`;
}

function proofSection(proof: JsonObject): string {
  const verdict = proof['proven'] === true ? 'Proven: no request through the gateway that was refused is let in.' : '**Not proven.**';
  const listed = proofParts.flatMap(([name, what]) => {
    const all = objects(proof, name);
    return all.length === 0 ? [] : [`${proofTitle(what)}:`, all.map(requestLine).join('\n')];
  });
  const open = texts(proof, 'open').map((text) => `- cannot be told: ${plain(text)}`);
  return [
    `### Proof of ${plain(texts(proof, 'apiRules').join(', '))}`,
    verdict,
    ...listed,
    ...(open.length > 0 ? [open.join('\n')] : []),
  ].join('\n\n');
}

function requestLine(request: JsonObject): string {
  const line = `${texts(request, 'methods').join(',')} ${textOf(request['host'])}${textOf(request['path'])}`;
  return `- ${code(line)} ${plain(textOf(request['caller']))}`;
}

function planSection(plan: JsonObject): string {
  const blocked = texts(plan, 'blockedBy');
  return [
    `### Plan for ${plain(texts(plan, 'services').join(', ') || 'no workload')}`,
    ...(blocked.length > 0 ? [`Nothing is written before ${plain(blocked.join(', '))} can be migrated.`] : []),
    ...objects(plan, 'steps').map(stepText),
  ].join('\n\n');
}

function stepText(step: JsonObject): string {
  const [apply, remove, check] = [texts(step, 'apply'), texts(step, 'remove'), texts(step, 'check')];
  return [
    `**${textOf(step['number'])}. ${plain(textOf(step['title']))}**`,
    [
      ...(apply.length > 0 ? [`- apply: ${plain(apply.join(', '))}`] : []),
      ...(remove.length > 0 ? [`- delete: ${plain(remove.join(', '))}`] : []),
      `- meanwhile: ${plain(textOf(step['meanwhile']))}`,
      `- way back: ${plain(textOf(step['wayBack']))}`,
    ].join('\n'),
    ...(check.length > 0 ? [fence(check.join('\n'))] : []),
  ].join('\n\n');
}

function objects(parent: JsonObject, key: string): readonly JsonObject[] {
  return objectsAt(parent, key).map(([entry]) => entry);
}

function texts(parent: JsonObject, key: string): string[] {
  return listAt(parent, key)
    .filter((value) => !isJsonObject(value))
    .map((value) => textOf(value));
}
