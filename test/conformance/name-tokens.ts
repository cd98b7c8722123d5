import type { CaseRequest } from './conformance-case';

/** Requests with names in place of the tokens that they carry. */
export interface NamedTokens {
  readonly requests: readonly CaseRequest[];
  readonly texts: ReadonlyMap<string, string>;
  readonly withNames: (text: string) => string;
}

const token = /eyJ[\w-]+\.[\w-]*(?:\.[\w-]*)?/g;

/** Gives every token in the requests a name: tokens are never printed, and equal ones are seen to be equal. */
export function nameTokens(requests: readonly CaseRequest[]): NamedTokens {
  const names = new Map<string, string>();
  for (const [text] of JSON.stringify(requests).matchAll(token)) if (!names.has(text)) names.set(text, `verify-${names.size + 1}`);
  const withNames = (text: string): string => text.replace(token, (found) => (names.has(found) ? `@token(${names.get(found)})` : found));
  return {
    requests: JSON.parse(withNames(JSON.stringify(requests))) as CaseRequest[],
    texts: new Map([...names].map(([text, name]) => [name, text])),
    withNames,
  };
}
