import type { Rule } from '../../rule';
import { searchRules } from './search-rules';
import { securityFactRules } from './security-fact-rules';

export const securityRules: readonly Rule[] = [...searchRules, ...securityFactRules];
