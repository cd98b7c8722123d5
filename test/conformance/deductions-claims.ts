import { apiRule, call, jwt, rbac, reach, rule, service } from './case-parts';
import { answers, type Deduction } from './deduction';

const asking = (...authorizations: Parameters<typeof jwt>[1] & object) => [
  service(),
  apiRule([rule('GET /a', jwt(['a', 'b'], authorizations))]),
];
const passing = (...tokens: string[]) => tokens.map((token) => [call('GET /a', token), reach('/a')] as const);
const refused = (...tokens: string[]) => tokens.map((token) => [call('GET /a', token), rbac] as const);

/** What policies ask of claims. */
export const claimDeductions: readonly Deduction[] = [
  {
    belief: 'only `scope` is split at blanks; `scp` and `scopes` count as text or list',
    verdict: 'confirmed',
    title: 'a scope may stand in three claims, in blanks only in one',
    manifests: asking({ requiredScopes: ['read'] }),
    requests: answers(
      ...passing(
        'a-read',
        'a-read-write',
        'a-write-read-admin',
        'a-scope-list',
        'a-scp-list',
        'a-scp-text',
        'a-scopes-list',
        'b-read',
        'a-scope-double-space',
      ),
      ...refused(
        'a',
        'a-scp-spaced',
        'a-scopes-spaced',
        'a-scope-list-spaced',
        'a-scope-tab',
        'a-scope-upper',
        'a-scope-longer',
        'a-scope-empty',
        'a-scopes-nested',
        'a-scopes-object',
        'a-scope-number',
      ),
    ),
  },
  {
    belief: 'all scopes of an authorization must stand in one claim',
    verdict: 'confirmed',
    title: 'scopes are not added up over claims',
    manifests: asking({ requiredScopes: ['read', 'write'] }),
    requests: answers(...passing('a-read-write', 'a-scp-list', 'a-scopes-list', 'a-full'), ...refused('a-read', 'a-split-scopes')),
  },
  {
    belief: 'every audience is needed',
    verdict: 'confirmed',
    title: 'all audiences of an authorization are needed, and none is split at blanks',
    manifests: asking({ audiences: ['one', 'two'] }),
    requests: answers(
      ...passing('a-aud-list', 'a-full', 'b-full'),
      ...refused('a-aud-one', 'a-aud-two', 'a-aud-spaced', 'a', 'a-empty-aud'),
    ),
  },
  {
    belief: 'several authorizations are alternatives; none, or an empty one, takes any token of the issuers',
    verdict: 'confirmed',
    title: 'one of the authorizations is enough',
    manifests: asking({ requiredScopes: ['admin'] }, { audiences: ['two'] }),
    requests: answers(...passing('a-write-read-admin', 'a-aud-two', 'a-full'), ...refused('a', 'a-read', 'a-aud-one')),
  },
  {
    belief: 'an empty authorization takes any token of the issuers',
    verdict: 'confirmed',
    title: 'an empty authorization asks for nothing but a subject',
    manifests: asking({}),
    requests: answers(...passing('a', 'b', 'a-read'), ...refused('a-no-sub')),
  },
  {
    belief: 'a star at the end or the beginning of a scope or audience is a wildcard',
    verdict: 'confirmed',
    title: 'stars in scopes and audiences take more than themselves',
    manifests: asking({ requiredScopes: ['re*'] }, { audiences: ['*wo'] }),
    requests: answers(...passing('a-read', 'a-scope-longer', 'a-scp-spaced', 'a-aud-two'), ...refused('a', 'a-scope-upper', 'a-aud-one')),
  },
];
