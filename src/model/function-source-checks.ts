import { expandedBytes, maxEnvBytes } from './env-expansion';
import { expansionProblems } from './function-expansion-checks';
import { functionGitProblems } from './function-git-checks';
import { handlerFormFix, handlerFormProblem } from './handler-form';
import { isJsonObject, type JsonObject } from './json';
import { objectAt, textOf } from './json-fields';
import type { Problem } from './problem';
import { controlCharacter } from './source-text';

/** Finds what keeps the code of a Function from reaching its Pod as it was written, or from being loaded there. */
export function functionSourceProblems(spec: JsonObject): Problem[] {
  const source = objectAt(spec, 'source');
  if (isJsonObject(source['inline']) === isJsonObject(source['gitRepository'])) {
    return [{ id: 'function-source', path: ['spec', 'source'], message: 'needs exactly one of inline and gitRepository' }];
  }
  return isJsonObject(source['inline']) ? inlineProblems(source['inline'], spec) : functionGitProblems(objectAt(source, 'gitRepository'));
}

function inlineProblems(inline: JsonObject, spec: JsonObject): Problem[] {
  const runtime = textOf(spec['runtime']);
  const path = ['spec', 'source', 'inline'];
  const source = textOf(inline['source']);
  const dependencies = textOf(inline['dependencies']);
  const problems = [
    ...textProblems(source, 'FUNC_HANDLER_SOURCE', [...path, 'source']),
    ...textProblems(dependencies, 'FUNC_HANDLER_DEPENDENCIES', [...path, 'dependencies']),
    ...expansionProblems(inline, spec),
  ];
  if (source === '') problems.push({ id: 'function-source', path: [...path, 'source'], message: 'is empty' });
  if (!runtime.startsWith('nodejs')) return problems;
  problems.push(...dependencyProblems(dependencies, [...path, 'dependencies']));
  const form = source === '' ? undefined : handlerFormProblem(source, dependencies.trim() === '' ? undefined : dependencies);
  return form === undefined
    ? problems
    : [...problems, { id: 'function-handler', path: [...path, 'source'], message: form, fix: handlerFormFix }];
}

function textProblems(value: string, variable: string, path: string[]): Problem[] {
  const bytes = expandedBytes(value);
  const limit = maxEnvBytes(variable);
  const control = controlCharacter(value);
  if (control !== undefined) {
    const message = `holds the control character ${control}, which may not arrive as it is`;
    return [{ id: 'function-source-control', path, message, fix: 'write it as an escape sequence' }];
  }
  if (bytes <= limit) return [];
  const message = `has ${bytes} bytes; the container cannot start with more than ${limit}, because the text travels as an environment variable`;
  return [{ id: 'function-source-size', path, message, fix: 'move data out of the source or use a git source' }];
}

/** The controller looks at the braces only; npm, in the Pod, at the rest. */
function dependencyProblems(text: string, path: string[]): Problem[] {
  const trimmed = text.trim();
  if (trimmed === '' || isPackageJson(trimmed)) return [];
  const braced = trimmed.startsWith('{') && trimmed.endsWith('}');
  const says = "invalid source.inline.dependencies value: deps should start with '{' and end with '}'";
  const message = 'is no JSON object; give the text of a package.json';
  return [{ id: 'function-dependencies', path, message, ...(!braced && { says }) }];
}

function isPackageJson(value: string): boolean {
  try {
    return isJsonObject(JSON.parse(value));
  } catch {
    return false;
  }
}
