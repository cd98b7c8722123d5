import { expandedBytes, maxEnvBytes } from './env-expansion';
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
  return isJsonObject(source['inline'])
    ? inlineProblems(source['inline'], textOf(spec['runtime']))
    : gitProblems(objectAt(source, 'gitRepository'));
}

function inlineProblems(inline: JsonObject, runtime: string): Problem[] {
  const path = ['spec', 'source', 'inline'];
  const source = textOf(inline['source']);
  const dependencies = textOf(inline['dependencies']);
  const problems = [
    ...textProblems(source, 'FUNC_HANDLER_SOURCE', [...path, 'source']),
    ...textProblems(dependencies, 'FUNC_HANDLER_DEPENDENCIES', [...path, 'dependencies']),
  ];
  if (source === '') problems.push({ id: 'function-source', path: [...path, 'source'], message: 'is empty' });
  if (!runtime.startsWith('nodejs')) return problems;
  if (dependencies.trim() !== '' && !isPackageJson(dependencies)) {
    problems.push({
      id: 'function-dependencies',
      path: [...path, 'dependencies'],
      message: 'is no JSON object; give the text of a package.json',
    });
  }
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

function isPackageJson(value: string): boolean {
  try {
    return isJsonObject(JSON.parse(value));
  } catch {
    return false;
  }
}

function gitProblems(git: JsonObject): Problem[] {
  const path = ['spec', 'source', 'gitRepository'];
  const blank = ['url', 'reference', 'baseDir'].filter((field) => textOf(git[field]).trim() === '');
  const problems = blank.map((field): Problem => ({ id: 'function-git', path: [...path, field], message: 'is missing or blank' }));
  const auth = git['auth'];
  if (!isJsonObject(auth)) return problems;
  if (auth['type'] !== 'basic' && auth['type'] !== 'key') {
    problems.push({
      id: 'function-git',
      path: [...path, 'auth', 'type'],
      message: `"${textOf(auth['type'])}" is unknown; give basic or key`,
    });
  }
  if (textOf(auth['secretName']).trim() === '')
    problems.push({ id: 'function-git', path: [...path, 'auth', 'secretName'], message: 'is missing or blank' });
  return problems;
}
