import type { Rule } from '../rule';
import type { Policy } from './policy';
import { policyAudience } from './policy-audience';
import { policyHost } from './policy-host';
import { policyIssuer } from './policy-issuer';
import { policyPublicPath } from './policy-public-path';

/** What an organisation would say, by its policy; without one these rules have nothing to say. */
export function policyRules(policy: Policy = {}): readonly Rule[] {
  return [policyIssuer(policy), policyHost(policy), policyPublicPath(policy), policyAudience(policy)];
}
