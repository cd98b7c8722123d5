import { isJsonObject, type JsonObject } from '../../model/json';
import type { OldHandler } from '../old-api-rule';
import { manual, note, quoted, type RuleNote } from './rule-notes';

/** What the gateway sets on the way to the workload. */
export interface TranslatedMutators {
  /** `request` of a rule; absent when nothing is set. */
  readonly request?: JsonObject;
  readonly notes: readonly RuleNote[];
}

const runAgain = 'Let the workload do without it, take the mutator out of the old APIRule, and migrate again.';

/** Work of Oathkeeper that has no counterpart, by the name of the mutator. */
const lost: Readonly<Record<string, string>> = {
  id_token:
    'the mutator id_token put a token of Oathkeeper in the place of the one of the client; now the workload gets whatever the client sends',
  hydrator: 'the mutator hydrator asked a service for facts about the caller; now nobody does',
};

/**
 * Translates mutators: static headers and cookies are set by the gateway. A value that depends on the caller is refused, because a workload that
 * relies on it would from now on believe what the client itself sends.
 * @param tokenHeaders lower-case names of headers in which the rule reads tokens
 */
export function translateMutators(mutators: readonly OldHandler[], tokenHeaders: readonly string[]): TranslatedMutators {
  const notes: RuleNote[] = [];
  const set: Record<'headers' | 'cookies', Record<string, string>> = { headers: {}, cookies: {} };
  for (const { handler, config } of mutators) {
    const member = handler === 'header' ? 'headers' : handler === 'cookie' ? 'cookies' : undefined;
    if (member !== undefined) notes.push(...readStatic(handler, config, member, set[member]));
    else if (handler !== 'noop') notes.push(manual('migrate-mutator', lost[handler] ?? unknown(handler), runAgain));
  }
  notes.push(...tokenNotes(set.headers, tokenHeaders), ...cookieNotes(set.cookies));
  const request = {
    ...(Object.keys(set.headers).length > 0 && { headers: set.headers }),
    ...(Object.keys(set.cookies).length > 0 && { cookies: set.cookies }),
  };
  return { notes, ...(Object.keys(request).length > 0 && { request }) };
}

function unknown(handler: string): string {
  return `the mutator ${JSON.stringify(handler)} is unknown`;
}

function readStatic(handler: string, config: JsonObject, member: string, set: Record<string, string>): RuleNote[] {
  const values = config[member];
  const others = Object.keys(config).filter((key) => key !== member);
  if (!isJsonObject(values) || others.length > 0) {
    const found = Object.keys(config).join(', ') || 'nothing';
    return [
      manual(
        'migrate-mutator',
        `the mutator ${handler} takes ${member}, an object of texts, and is configured with ${found}`,
        'Correct the mutator.',
      ),
    ];
  }
  return Object.entries(values).flatMap(([name, value]): RuleNote[] => {
    if (typeof value !== 'string')
      return [manual('migrate-mutator', `the mutator ${handler} sets ${name} to a value that is no text`, 'Give a text.')];
    if (value.includes('{{')) return [templateNote(handler, name)];
    // Envoy takes what stands behind a percent sign for a command.
    set[name] = value.replaceAll('%', '%%');
    return [];
  });
}

function templateNote(handler: string, name: string): RuleNote {
  const message = `the mutator ${handler} sets ${name} to what Oathkeeper knew of the caller (a template in {{ }}); nobody does that now, and a workload that relies on it would believe what the client sends`;
  return manual(
    'migrate-mutator',
    message,
    `Let the workload read the token, which reaches it as it is, take ${name} out of the old APIRule, and migrate again.`,
  );
}

/** The gateway sets headers before the token is checked, Oathkeeper did so behind. */
function tokenNotes(headers: Readonly<Record<string, string>>, tokenHeaders: readonly string[]): RuleNote[] {
  const names = Object.keys(headers).filter((name) => tokenHeaders.includes(name.toLowerCase()));
  if (names.length === 0) return [];
  const message = `the mutator header sets ${quoted(names)}, where the rule reads the token; the gateway sets it before the token is checked, so the value would stand for the token of every caller`;
  return [manual('migrate-mutator', message, 'Let the workload do without it, or give it another header.')];
}

function cookieNotes(cookies: Readonly<Record<string, string>>): RuleNote[] {
  if (Object.keys(cookies).length === 0) return [];
  return [
    note('migrate-cookies', 'changed', 'the cookies that the gateway sets stood beside those of the client; now they replace all of them'),
  ];
}
