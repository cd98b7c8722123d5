import { closest } from '../model/closest';

/** Names that are compared in full: enough for every namespace that people fill by hand, and no burden where a generator fills it. */
const nameLimit = 300;

/** The name that a person probably meant; `undefined` when none is near. Of very many names only those that begin alike are looked at. */
export function nearName(text: string, names: readonly string[]): string | undefined {
  const candidates = names.length <= nameLimit ? names : names.filter((name) => name.slice(0, 3) === text.slice(0, 3)).slice(0, nameLimit);
  return closest(text, candidates);
}
