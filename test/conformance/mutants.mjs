/** Faults of the access model, each with the text that it changes. */
export const mutants = [
  {
    name: 'any token of a place is enough',
    file: 'model/authenticate.ts',
    find: "outcomes.findLast(({ kind }) => kind === 'refused') ?? outcomes[0]",
    replace: "outcomes.find(({ kind }) => kind === 'accepted') ?? outcomes[0]",
  },
  {
    name: 'a bad token passes as none',
    file: 'model/authenticate.ts',
    find: "reasons.length === 0 ? { kind: 'none' }",
    replace: "reasons.length >= 0 ? { kind: 'none' }",
  },
  {
    name: 'scp is split at blanks',
    file: 'model/match-policy.ts',
    find: "new Set(['scope', 'permission'])",
    replace: "new Set(['scope', 'permission', 'scp'])",
  },
  {
    name: 'a subject is not needed',
    file: 'model/match-policy.ts',
    find: 'const { iss, sub } = claims ?? {};',
    replace: "const { iss, sub = 'nobody' } = claims ?? {};",
  },
  {
    name: 'hosts of policies are compared without port',
    file: 'model/match-policy.ts',
    find: 'matchesText(pattern.toLowerCase(), request.host)',
    replace: "matchesText(pattern.toLowerCase(), request.host.replace(/:.*$/, ''))",
  },
  {
    name: 'notPaths are forgotten',
    file: 'model/translate-policies.ts',
    find: 'notPaths.length > 0 ? { notPaths } : {}',
    replace: 'notPaths.length > 99 ? { notPaths } : {}',
  },
  {
    name: 'all later rules are excluded too',
    file: 'model/translate-policies.ts',
    find: 'if (rule.path === current.path) before = false;',
    replace: 'if (rule.path === current.path) before = true;',
  },
  {
    name: 'route literals are escaped',
    file: 'model/path-template.ts',
    find: 'const expression = path.replaceAll(',
    replace: 'const expression = path.replaceAll(/[.+()$]/g, (one) => `\\\\${one}`).replaceAll(',
  },
  {
    name: 'dot segments stay',
    file: 'model/normalize-request.ts',
    find: "if (segment === '..') kept.pop();",
    replace: "if (segment === '...') kept.pop();",
  },
  {
    name: 'an escaped slash is decoded',
    file: 'model/normalize-request.ts',
    find: 'const decoded = decodeUnreserved(plain)',
    replace: "const decoded = decodeUnreserved(plain).replace(/%2f/gi, '/')",
  },
  {
    name: 'a wildcard host takes its own name',
    file: 'model/route-request.ts',
    find: 'host.endsWith(pattern.slice(1))',
    replace: '`.${host}`.endsWith(pattern.slice(1))',
  },
  { name: 'preflights need a token', file: 'model/decide.ts', find: "if (isPreflight(request)) return { kind: 'none' };", replace: '' },
  { name: 'deny policies are forgotten', file: 'model/authorize.ts', find: 'if (denied.sure) return', replace: 'if (false) return' },
  {
    name: 'a policy without rules admits',
    file: 'model/match-policy.ts',
    find: 'return some(policy.rules,',
    replace: 'return policy.rules.length === 0 || some(policy.rules,',
  },
];
