import type { Forgery } from '../token/forge';

/** Hostile tokens that were made already: routes of a run share those that would be the same. */
export interface ForgedTokens {
  /** @param token what they are forged from @param from what else they are made from @param recipe text of the recipe */
  once(of: { readonly token: string; readonly from: string; readonly recipe: string }, make: () => Forged): Forged;
}

type Forged = Promise<readonly Forgery[]>;

/** Starts with none. The texts stay apart: to put long ones together for each lookup would cost more than the lookup. */
export function createForgedTokens(): ForgedTokens {
  const byToken = new Map<string, Map<string, Map<string, Forged>>>();
  return {
    once({ token, from, recipe }, make) {
      const byRecipe = entryOf(
        entryOf(byToken, token, () => new Map<string, Map<string, Forged>>()),
        from,
        () => new Map<string, Forged>(),
      );
      return entryOf(byRecipe, recipe, make);
    },
  };
}

function entryOf<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
