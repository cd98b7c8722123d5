import { readManifests } from '../../../src/model/read-manifests';
import { proveMigration } from '../../../src/migrate/prove/prove';
import { handlerRule, realm, realmKeys, translateRules } from '../../support/old-objects';
import { serviceText } from '../../support/random-old-rules';

const istio = (path: string, method: string, scope: string) =>
  handlerRule(
    path,
    'jwt',
    { authentications: [{ issuer: realm, jwksUri: realmKeys }], authorizations: [{ requiredScopes: [scope] }] },
    { methods: [method] },
  );

/** What a migration of rules that the proxy of the workload checked would open. */
function opened(...rules: ReturnType<typeof istio>[]): string[] {
  const translation = translateRules(rules, { oldJwtHandler: 'istio' });
  expect(translation.apiRule).toBeDefined();
  const around = readManifests(serviceText, 'service.yaml').manifests;
  const proof = proveMigration([translation], around, { oldJwtHandler: 'istio', allowWidening: () => false, issuers: [] });
  return proof.opened.map(({ methods, path, caller }) => `${methods.join(',')} ${path} ${JSON.stringify(caller.claims)}`);
}

test('two rules of one path for different methods were both in force, although only the first one got a route', () => {
  expect(opened(istio('/orders', 'GET', 'read'), istio('/orders', 'POST', 'write'))).toEqual([]);
});

test('a special rule behind a general one was in force, too', () => {
  expect(opened(istio('/.*', 'GET', 'read'), istio('/orders', 'POST', 'write'))).toEqual([]);
});
