import { anyCharacter, AutomatonBuilder, segmentCharacters, type PathAutomaton } from '../automaton-builder';
import type { HttpRoute } from '../istio';
import { pathAutomaton } from '../path-automaton';
import { isPolicyTemplate, pathOfRoute } from '../path-template';

/** One way in which something reads the path of a request: a route, a policy, or the author of a rule. */
export type PathPattern =
  | { readonly reads: 'route'; readonly uri: HttpRoute['uri'] }
  | { readonly reads: 'policy'; readonly text: string }
  | { readonly reads: 'meaning'; readonly path: string }
  /** Anything else that can be read; equal names are equal automata. */
  | { readonly reads: 'automaton'; readonly name: string; readonly automaton: PathAutomaton };

/** A text that is the same for patterns that take the same paths for the same reason. */
export function patternKey(pattern: PathPattern): string {
  if (pattern.reads === 'route') return `route ${pattern.uri.kind} ${pattern.uri.value}`;
  if (pattern.reads === 'automaton') return `automaton ${pattern.name}`;
  return pattern.reads === 'policy' ? `policy ${pattern.text}` : `meaning ${pattern.path}`;
}

/** The paths that a pattern takes; `undefined` for an expression of a hand-made route, which is not searched. */
export function patternAutomaton(pattern: PathPattern): PathAutomaton | undefined {
  if (pattern.reads === 'policy') return policyAutomaton(pattern.text);
  if (pattern.reads === 'meaning') return meaningAutomaton(pattern.path);
  if (pattern.reads === 'automaton') return pattern.automaton;
  const { kind, value } = pattern.uri;
  if (kind === 'regex') return pathAutomaton(pathOfRoute(value) ?? '');
  return literal(value, kind === 'prefix' ? 'any' : 'nothing');
}

function policyAutomaton(text: string): PathAutomaton {
  if (isPolicyTemplate(text)) return template(text, `${segmentCharacters}%`, `${segmentCharacters}%/`);
  if (text === '*') return literal('', 'some');
  if (text.startsWith('*')) return ending(text.slice(1));
  return text.endsWith('*') ? literal(text.slice(0, -1), 'any') : literal(text, 'nothing');
}

function meaningAutomaton(path: string): PathAutomaton {
  return path === '/*' ? literal('/', 'any') : template(path, anyCharacter.replace('/', ''), anyCharacter);
}

function template(text: string, one: string, many: string): PathAutomaton {
  const builder = new AutomatonBuilder();
  let state = builder.start;
  for (const part of text.split(/(\{\*{1,2}\})/)) {
    if (part === '{*}' || part === '{**}') {
      const loop = builder.jump(state, builder.state());
      const after = builder.step(loop, part === '{*}' ? one : many);
      builder.jump(after, loop);
      state = builder.jump(after, builder.state());
      if (part === '{**}') builder.jump(loop, state);
    } else for (const character of part) state = builder.step(state, character);
  }
  return { steps: builder.steps, jumps: builder.jumps, accepting: state };
}

/** A text as it stands, and what may follow it. */
function literal(text: string, follows: 'nothing' | 'some' | 'any'): PathAutomaton {
  const builder = new AutomatonBuilder();
  let state = builder.start;
  for (const character of text) state = builder.step(state, character);
  if (follows === 'some') state = builder.step(state, anyCharacter);
  if (follows !== 'nothing') builder.step(state, anyCharacter, state);
  return { steps: builder.steps, jumps: builder.jumps, accepting: state };
}

function ending(text: string): PathAutomaton {
  const builder = new AutomatonBuilder();
  builder.step(builder.start, anyCharacter, builder.start);
  let state = builder.start;
  for (const character of text) state = builder.step(state, character);
  return { steps: builder.steps, jumps: builder.jumps, accepting: state };
}
