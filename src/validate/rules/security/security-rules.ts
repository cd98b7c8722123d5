import type { Rule } from '../../rule';
import { searchRules } from './search-rules';

export const securityRules: readonly Rule[] = [...searchRules];
