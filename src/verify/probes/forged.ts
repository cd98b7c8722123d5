import type { Recipe } from '../../token/forge';
import type { Attempt } from '../probe';

/** An attempt with a hostile token. */
export function forged(variant: string, recipe: Recipe): Attempt {
  return { variant, credential: { kind: 'forged', recipe } };
}

/** Probes that explain whatever gets through without a good signature. */
export const unsignedTwins: readonly string[] = ['no-token', 'empty-token', 'garbage-token', 'foreign-key'];
