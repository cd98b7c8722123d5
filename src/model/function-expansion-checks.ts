import { escapeEnvValue, expansionsOf, isEscapedEnvValue } from './env-expansion';
import type { JsonObject, JsonPath } from './json';
import { objectsAt, textOf } from './json-fields';
import type { Problem } from './problem';

/** Variables that the controller sets before those of the user. */
const platform = ['FUNC_NAME', 'FUNC_RUNTIME', 'SERVICE_NAMESPACE', 'TRACE_COLLECTOR_ENDPOINT', 'PUBLISHER_PROXY_ADDRESS'];
const pythonPlatform = ['PYTHONUNBUFFERED', 'MOD_NAME', 'FUNC_HANDLER'];
/** More examples than these tell nothing new. */
const shown = 3;

/** Finds inline text that reaches the Pod altered, because the kubelet takes it for references to variables. */
export function expansionProblems(inline: JsonObject, spec: JsonObject): Problem[] {
  const known = knownNames(spec);
  const path = ['spec', 'source', 'inline'];
  const source = textOf(inline['source']);
  return [
    ...textProblems(source, known, [...path, 'source']),
    ...textProblems(textOf(inline['dependencies']), known.add('FUNC_HANDLER_SOURCE'), [...path, 'dependencies']),
  ];
}

function knownNames(spec: JsonObject): Set<string> {
  const own = objectsAt(spec, 'env').map(([entry]) => textOf(entry['name']));
  return new Set([...platform, ...(textOf(spec['runtime']).startsWith('python') ? pythonPlatform : []), ...own]);
}

function textProblems(text: string, known: ReadonlySet<string>, path: JsonPath): Problem[] {
  const expansions = expansionsOf(text, known);
  if (expansions.length === 0 || isEscapedEnvValue(text)) return [];
  const places = expansions.slice(0, shown).map(({ from, to, at }) => {
    const written = from === '$$' ? '"$$" arrives as "$"' : `"${from}" arrives as ${to}`;
    return `${written} in line ${text.slice(0, at).split('\n').length}`;
  });
  const more = expansions.length > shown ? `, and ${expansions.length - shown} more` : '';
  const [first] = expansions;
  const fix = `write ${first ? escapeEnvValue(first.from) : ''} for ${first?.from ?? ''}, and so on: $$$$ for $$ and $$( for $(`;
  return [{ id: 'function-source-expansion', path, message: `reaches the Pod altered: ${places.join(', ')}${more}`, fix }];
}
