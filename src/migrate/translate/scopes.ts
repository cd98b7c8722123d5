import { manual, note, quoted, type RuleNote } from './rule-notes';

/** How Oathkeeper compared scopes, and what that let through that Istio does not. @see Ory Oathkeeper documentation, `scope_strategy` */
const strategies: Readonly<Record<string, string | undefined>> = {
  exact: undefined,
  none: 'the scopes were not compared, because scope_strategy was none; now they must all be in the token',
  hierarchic:
    'a scope stood for all below it (scope_strategy hierarchic: read for read.orders); now each one must be in the token as it is written',
  wildcard:
    'a scope of a token could hold wildcards (scope_strategy wildcard: read.* for read.orders); now each one must be in the token as it is written',
};

/** What changes in how scopes are compared. */
export function scopeNotes({ scopes, scopeStrategy }: { readonly scopes: readonly string[]; readonly scopeStrategy?: string }): RuleNote[] {
  if (scopes.length === 0) return [];
  const claims = note(
    'migrate-scopes',
    'stricter',
    'all scopes must stand in one of the claims scp, scope and scopes, and in scp and scopes as a list: a text with blanks is not split there',
  );
  if (scopeStrategy === undefined) return [claims, note('migrate-scopes', 'stricter', unnamedStrategy)];
  if (!Object.hasOwn(strategies, scopeStrategy)) {
    const message = `scope_strategy is ${JSON.stringify(scopeStrategy)}, which Oathkeeper does not know`;
    return [manual('migrate-scopes', message, 'Give exact, hierarchic, wildcard or none.')];
  }
  const message = strategies[scopeStrategy];
  return message === undefined ? [claims] : [claims, note('migrate-scopes', 'stricter', message)];
}

const unnamedStrategy =
  'the rule names no scope_strategy, so Oathkeeper compared scopes as its own configuration said, with wildcards or hierarchies or not at all; now each one must be in the token as it is written';

/** Texts that Oathkeeper took as they are and Istio takes for a pattern, and empty ones, which the controller refuses. */
export function wildcardNotes(values: readonly string[]): RuleNote[] {
  const patterns = values.filter((value) => value.startsWith('*') || value.endsWith('*'));
  const notes: RuleNote[] = [];
  if (patterns.length > 0) {
    const message = `${quoted(patterns)} begins or ends with *, which Istio takes for any text, so more tokens would pass than before`;
    notes.push(manual('migrate-scopes', message, 'Name the scopes and audiences in full.'));
  }
  if (values.includes(''))
    notes.push(manual('migrate-scopes', 'a scope or an audience is empty, which no token can have', 'Name it, or take it out.'));
  return notes;
}
