import type { Rule } from '../../rule';
import { accessUndecided } from './access-undecided';
import { apiRuleLosesMethod } from './api-rule-loses-method';
import { apiRulePathNormalized } from './api-rule-path-normalized';
import { apiRuleRefusesAll } from './api-rule-refuses-all';
import { apiRuleShadowed } from './api-rule-shadowed';
import { apiRulesCross } from './api-rules-cross';
import { holeAnonymous } from './hole-anonymous';
import { holeForeignIssuer } from './hole-foreign-issuer';
import { holeMissingClaims } from './hole-missing-claims';
import { pathSpelling } from './path-spelling-open';

/** Rules that rest on the search over the access model. */
export const searchRules: readonly Rule[] = [
  holeAnonymous,
  holeForeignIssuer,
  holeMissingClaims,
  accessUndecided,
  apiRuleShadowed,
  apiRulesCross,
  apiRulePathNormalized,
  apiRuleRefusesAll,
  apiRuleLosesMethod,
  pathSpelling,
];
