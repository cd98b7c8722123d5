import { note, type RuleNote } from './rule-notes';

/**
 * Methods with OPTIONS where it opens nothing: the gateway answers preflights of browsers only where a rule takes that method.
 * @param kind `allow` let OPTIONS in before; `protected` asks for a token where a call is no preflight; `noop` let nothing in but what it
 * lists, yet preflights were answered; `no_auth` answered none
 */
export function withPreflight(
  methods: readonly string[],
  kind: 'allow' | 'protected' | 'noop' | 'no_auth',
): { readonly methods: readonly string[]; readonly notes: readonly RuleNote[] } {
  if (methods.length === 0 || methods.includes('OPTIONS') || kind === 'no_auth') return { methods, notes: [] };
  if (kind === 'noop') return { methods, notes: [unanswered] };
  return { methods: [...methods, 'OPTIONS'], notes: kind === 'allow' ? [] : [added] };
}

const added: RuleNote = note(
  'migrate-preflight',
  'changed',
  'OPTIONS joins the methods, because the gateway answers preflights of browsers only where a rule takes it; an OPTIONS call that is no preflight needs what every other call needs',
);

const unanswered: RuleNote = note(
  'migrate-preflight',
  'stricter',
  'preflights of browsers were answered whatever the rule lists, and are no longer, because the rule does not list OPTIONS',
  'If pages of other origins call it, list OPTIONS in the old rule and migrate again; an OPTIONS call that is no preflight then reaches the workload, as other calls do.',
);
