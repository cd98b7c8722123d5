import type { Rule } from '../../rule';

export const controllerRules: readonly Rule[] = [];
