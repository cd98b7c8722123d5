import type { Rule } from '../../rule';

export const setRules: readonly Rule[] = [];
