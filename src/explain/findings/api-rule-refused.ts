import type { LiveCheck } from './finding';

export const apiRuleRefused: LiveCheck = {
  id: 'api-rule-refused',
  severity: 'high',
  title: 'API server and controller would accept each APIRule',
  why: 'A refused APIRule changes nothing: what the controller made of it earlier, or nothing, stays in force, whatever its rules say.',
  fix: 'Correct what the message names; kyma-guard validate tells all of it at once.',
  check: ({ refused, statuses }) => {
    const live = new Set(statuses.filter(({ state }) => state !== 'unknown').map(({ apiRule }) => apiRule));
    // What cannot be read, is there twice or takes a host is told by a check of its own, and what a cluster says, too.
    return refused
      .filter(({ isPredicted, apiRule }) => isPredicted && !live.has(apiRule))
      .map(({ manifest, path, reason }) => ({ manifest, path, message: `would be refused: ${reason}` }));
  },
};
