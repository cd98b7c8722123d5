/** An RE2 expression over the characters that paths can hold. */
export type RegexTree =
  /** One of the characters; none of them when the expression asks for one that no path holds. */
  | { readonly kind: 'one'; readonly characters: string }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexTree[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexTree[] }
  /** Without `max` as often as one likes. */
  | { readonly kind: 'repeat'; readonly of: RegexTree; readonly min: number; readonly max?: number }
  | { readonly kind: 'group'; readonly of: RegexTree }
  /** Nothing, and only where the path begins or ends. */
  | { readonly kind: 'start' }
  | { readonly kind: 'end' };

/** Why an expression is not read; the text goes on after "the expression". */
export interface Unread {
  /** `invalid`: RE2 refuses it, so the old rule never worked. `large`: reading it would take too long. `unread`: valid, but beyond what is read. */
  readonly why: 'invalid' | 'large' | 'unread';
  readonly text: string;
}
