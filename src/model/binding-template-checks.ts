import { yamlValue } from './controller/yaml-value';
import { isJsonObject, type JsonObject } from './json';
import { objectAt, textOf } from './json-fields';
import type { Problem } from './problem';

const path = ['spec', 'secretTemplate'];

/** Finds what the operator refuses in the template of a binding's Secret. What only its own template engine can tell stays open. */
export function bindingTemplateProblems(spec: JsonObject): Problem[] {
  const text = textOf(spec['secretTemplate']);
  const messages = text === '' ? [] : [...actionProblems(text), ...secretProblems(text)];
  return messages.map((message) => ({ id: 'binding-template', path, message }));
}

function actionProblems(text: string): string[] {
  let opened = text.indexOf('{{');
  while (opened >= 0) {
    const closed = text.indexOf('}}', opened);
    if (closed < 0) return [`opens an action with "{{" in line ${text.slice(0, opened).split('\n').length} and never closes it`];
    opened = text.indexOf('{{', closed);
  }
  return [];
}

function secretProblems(text: string): string[] {
  const secret = skeletonOf(text);
  if (secret === undefined) return [];
  const { kind, apiVersion } = secret;
  if (kind !== undefined && kind !== 'Secret') return [`makes a ${textOf(kind)}; it should make a Secret`];
  if (apiVersion !== undefined && apiVersion !== 'v1') return [`makes a Secret of ${textOf(apiVersion)}; it should be of v1`];
  const others = Object.keys(objectAt(secret, 'metadata')).filter((key) => key !== 'labels' && key !== 'annotations');
  return others.length === 0 ? [] : [`sets metadata.${others.join(', metadata.')}; only labels and annotations may be set`];
}

/** The Secret with its actions left out, or nothing when they decide about its structure. */
function skeletonOf(text: string): JsonObject | undefined {
  const lines = text.split('\n').filter((line) => !/^\s*\{\{[^{}]*\}\}\s*$/.test(line));
  const value = yamlValue(lines.join('\n').replace(/\{\{[^{}]*\}\}/g, 'x'));
  return isJsonObject(value) ? value : undefined;
}
