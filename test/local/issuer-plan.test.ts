import { planIssuers, type IssuerPlan } from '../../src/local/issuer-plan';
import { clusterOf } from '../../src/model/cluster';
import { translate } from '../../src/model/translate';
import type { JsonObject } from '../../src/model/json';
import { apiRuleManifest, jwt } from '../support/local-manifests';

const uaa: [string, string] = ['https://a.authentication.example.com/oauth/token', 'https://a.authentication.example.com/token_keys'];
const realm: [string, string] = ['https://id.example.com/realms/x', 'https://id.example.com/realms/x/protocol/openid-connect/certs'];
const plain: [string, string] = ['https://login.example.com/', 'https://keys.example.com/as/jwks?v=1'];

function plansFor(...rules: JsonObject[]): readonly IssuerPlan[] {
  const { cluster } = clusterOf([
    apiRuleManifest(
      'one',
      'one.example.com',
      rules.map((access, i) => ({ path: `/${i}`, methods: ['GET'], ...access })),
    ),
  ]);
  return planIssuers(translate(cluster), ['from-instance']);
}

describe('the plan of local issuers', () => {
  it.each([
    [uaa, 'xsuaa', 'https://a.authentication.example.com/oauth/token'],
    [realm, 'keycloak', 'https://id.example.com/realms/x/protocol/openid-connect/token'],
    [plain, 'other', 'https://login.example.com/oauth2/token'],
  ])('knows the form of %s', (issuer, form, tokenEndpoint) => {
    expect(plansFor(jwt([issuer]))).toMatchObject([{ issuer: issuer[0], jwksUris: [issuer[1]], form, tokenEndpoint }]);
  });

  it('gives the client every audience and scope that some rule asks for', () => {
    const [plan] = plansFor(
      jwt([uaa], [{ audiences: ['sb-app!t7'] }]),
      jwt([uaa], [{ audiences: ['app!t7'], requiredScopes: ['app!t7.A', 'app!t7.B'] }]),
    );
    expect(plan?.accepted).toEqual({
      clientId: 'sb-app!t7',
      appName: 'app!t7',
      audiences: ['sb-app!t7', 'app!t7'],
      scopes: ['app!t7.A', 'app!t7.B'],
    });
  });

  it('takes, of alternatives that hold for every issuer, the one that suits the issuer', () => {
    const plans = plansFor(jwt([uaa, realm], [{ audiences: ['location'] }, { audiences: ['sb-app!t7'] }]));
    expect(plans.map(({ accepted }) => accepted.audiences)).toEqual([['sb-app!t7'], ['location']]);
  });

  it('names the application after the instance when no rule names one', () => {
    expect(plansFor(jwt([uaa]))[0]?.accepted).toMatchObject({ clientId: 'sb-from-instance!t1', appName: 'from-instance!t1' });
  });

  it.each<[string, JsonObject[], boolean]>([
    ['every rule asks for something', [jwt([uaa], [{ audiences: ['a'] }]), jwt([uaa], [{ requiredScopes: ['b'] }])], true],
    ['one rule asks for nothing', [jwt([uaa], [{ audiences: ['a'] }]), jwt([uaa])], false],
    ['one alternative asks for nothing', [jwt([uaa], [{ audiences: ['a'] }, {}])], false],
  ])('has a client that must be refused only when it must be refused everywhere: %s', (_case, rules, expected) => {
    expect(plansFor(...rules)[0]?.refused !== undefined).toBe(expected);
  });
});
