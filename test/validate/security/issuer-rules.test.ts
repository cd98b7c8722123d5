import type { Rule } from '../../../src/validate/rule';
import { exampleIssuer } from '../../../src/validate/rules/security/example-issuer';
import { issuerDex } from '../../../src/validate/rules/security/issuer-dex';
import { issuerForm } from '../../../src/validate/rules/security/issuer-form';
import { issuerHttp } from '../../../src/validate/rules/security/issuer-http';
import { issuerLocal } from '../../../src/validate/rules/security/issuer-local';
import { issuerManyTenants } from '../../../src/validate/rules/security/issuer-many-tenants';
import { issuerTrailingSlash } from '../../../src/validate/rules/security/issuer-trailing-slash';
import { issuerXsuaaForm } from '../../../src/validate/rules/security/issuer-xsuaa-form';
import { jwksAddress } from '../../../src/validate/rules/security/jwks-address';
import { jwksForeignHost } from '../../../src/validate/rules/security/jwks-foreign-host';
import { jwksHttp } from '../../../src/validate/rules/security/jwks-http';
import { findingsOf, severitiesOf } from '../../support/rule-findings';

const id = 'https://id.example.com';
const keys = `${id}/keys`;
const entra = 'https://login.microsoftonline.com';
const uaa = 'https://orders.authentication.eu10.hana.ondemand.com';

/** Rule, issuer, jwksUri, what the rule says. */
const rows: readonly (readonly [Rule, string, string, string])[] = [
  [issuerForm, id, keys, 'silent'],
  [issuerForm, `${id}?tenant=a`, keys, 'medium'],
  [issuerForm, `${id}#main`, keys, 'medium'],
  [issuerForm, `${id}/my realm`, keys, 'medium'],
  [issuerForm, id, 'https://user:word@id.example.com/keys', 'high'],
  [issuerForm, 'accounts.google.com', 'https://www.googleapis.com/oauth2/v3/certs', 'silent'],
  [issuerForm, id, `${keys}?version=2`, 'silent'],
  [issuerForm, id, `${keys}#main`, 'medium'],
  [issuerHttp, id, keys, 'silent'],
  [issuerHttp, 'http://id.example.com', keys, 'medium'],
  [issuerHttp, 'http://localhost:8080/uaa/oauth/token', keys, 'silent'],
  [issuerHttp, 'urn:orders', keys, 'silent'],
  [jwksHttp, id, keys, 'silent'],
  [jwksHttp, id, 'http://id.example.com/keys', 'high'],
  [jwksHttp, id, 'http://keycloak.shop.svc.cluster.local/keys', 'medium'],
  [jwksHttp, id, 'http://10.1.2.3/keys', 'high'],
  [jwksHttp, id, 'http://127.0.0.1/keys', 'silent'],
  [jwksAddress, id, keys, 'silent'],
  [jwksAddress, id, '/keys', 'high'],
  [jwksAddress, id, 'file://.well-known/jwks.json', 'high'],
  [jwksAddress, id, 'https:/keys', 'high'],
  [jwksAddress, id, '{YOUR_JWKS_URI}', 'silent'],
  [jwksForeignHost, id, keys, 'silent'],
  [jwksForeignHost, id, 'https://keys.example.com/keys', 'medium'],
  [jwksForeignHost, id, 'http://keycloak.shop.svc.cluster.local:8080/keys', 'low'],
  [jwksForeignHost, `${entra}/3c1f/v2.0`, `${entra}/3c1f/discovery/v2.0/keys`, 'silent'],
  [jwksForeignHost, 'https://sts.windows.net/3c1f/', `${entra}/common/discovery/keys`, 'silent'],
  [jwksForeignHost, 'https://sts.windows.net/3c1f/', keys, 'medium'],
  [jwksForeignHost, 'https://accounts.google.com', 'https://www.googleapis.com/oauth2/v3/certs', 'silent'],
  [jwksForeignHost, 'accounts.google.com', 'https://www.googleapis.com/oauth2/v3/certs', 'silent'],
  [jwksForeignHost, `${uaa}/oauth/token`, 'https://authentication.eu10.hana.ondemand.com/token_keys', 'silent'],
  [jwksForeignHost, `${uaa}/oauth/token`, 'https://other.authentication.eu10.hana.ondemand.com/token_keys', 'medium'],
  [jwksForeignHost, 'https://shop.eu.auth0.com/', 'https://shop.eu.auth0.com/.well-known/jwks.json', 'silent'],
  [jwksForeignHost, 'my-issuer', keys, 'silent'],
  [issuerDex, 'https://dex.c-1.kyma.ondemand.com', keys, 'medium'],
  [issuerDex, id, 'http://dex-service.kyma-system.svc.cluster.local:5556/keys', 'medium'],
  [issuerDex, id, 'http://dex-service.kyma-system:5556/keys', 'medium'],
  [issuerDex, 'https://id.example.com:5556', keys, 'low'],
  [issuerDex, `${id}/dex`, keys, 'low'],
  [issuerDex, 'https://index.example.com/dexter', keys, 'silent'],
  [issuerDex, id, keys, 'silent'],
  [issuerLocal, 'http://localhost:8080/uaa/oauth/token', keys, 'medium'],
  [issuerLocal, 'http://shop.localhost:8080/uaa/oauth/token', `${uaa}/token_keys`, 'medium'],
  [issuerLocal, id, 'https://192.168.1.5/keys', 'medium'],
  [issuerLocal, 'https://[::1]/realms/a', keys, 'medium'],
  [issuerLocal, id, 'https://169.254.169.254/keys', 'medium'],
  [issuerLocal, id, 'https://172.32.0.1/keys', 'silent'],
  [issuerLocal, 'https://localhost.example.com', keys, 'silent'],
  [issuerManyTenants, `${entra}/common/v2.0`, keys, 'medium'],
  [issuerManyTenants, `${entra}/organizations/v2.0`, keys, 'medium'],
  [issuerManyTenants, `${entra}/{tenantid}/v2.0`, keys, 'medium'],
  [issuerManyTenants, 'https://sts.windows.net/{tenantid}/', keys, 'medium'],
  [issuerManyTenants, `${entra}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`, keys, 'high'],
  [issuerManyTenants, `${id}/realms/common`, keys, 'silent'],
  [issuerManyTenants, `${entra}/3c1f/v2.0`, keys, 'silent'],
  [issuerTrailingSlash, 'https://sts.windows.net/3c1f', keys, 'medium'],
  [issuerTrailingSlash, 'https://sts.windows.net/3c1f/', keys, 'silent'],
  [issuerTrailingSlash, 'https://shop.eu.auth0.com', keys, 'medium'],
  [issuerTrailingSlash, 'https://shop.eu.auth0.com/', keys, 'silent'],
  [issuerTrailingSlash, `${id}/realms/main/`, keys, 'medium'],
  [issuerTrailingSlash, `${id}/auth/realms/main`, keys, 'silent'],
  [issuerTrailingSlash, `${entra}/3c1f/v2.0/`, keys, 'medium'],
  [issuerTrailingSlash, 'https://shop.okta.com/oauth2/default/', keys, 'medium'],
  [issuerTrailingSlash, 'https://shop.okta.com', keys, 'silent'],
  [issuerTrailingSlash, `${id}/`, keys, 'silent'],
  [issuerXsuaaForm, `${uaa}/oauth/token`, `${uaa}/token_keys`, 'silent'],
  [issuerXsuaaForm, uaa, `${uaa}/token_keys`, 'medium'],
  [issuerXsuaaForm, `${uaa}/oauth/token`, `${uaa}/oauth/token_keys`, 'medium'],
  [issuerXsuaaForm, id, keys, 'silent'],
];

test.each(rows.map(([rule, issuer, jwksUri, said]) => [rule.id, issuer, jwksUri, said, rule] as const))(
  '%s for issuer %s with keys at %s: %s',
  (_, issuer, jwksUri, said, rule) => {
    expect(severitiesOf(rule, exampleIssuer(issuer, jwksUri))).toBe(said);
  },
);

test('an issuer of restrictions beside an external authorizer is judged, too', () => {
  const yaml = exampleIssuer('http://id.example.com', keys)
    .replace('jwt: {', 'extAuth: { authorizers: [a], restrictions: {')
    .replace('] } }', '] } } }');
  expect(findingsOf(issuerHttp, yaml)).toEqual([
    'medium spec.rules.0.extAuth.restrictions.authentications.0.issuer: "http://id.example.com" is an http address; it should be an https address',
  ]);
});

test('an issuer of a hand-made RequestAuthentication is judged, too', () => {
  const yaml = `apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: manual, namespace: shop }
spec: { jwtRules: [{ issuer: 'https://id.example.com', jwksUri: 'http://id.example.com/keys' }] }
`;
  expect(severitiesOf(jwksHttp, yaml)).toBe('high');
});

test('an APIRule of a dead version is left to the rule that names it', () => {
  const yaml = exampleIssuer('http://id.example.com', keys).replace('kyma-project.io/v2', 'kyma-project.io/v1beta1');
  expect(severitiesOf(issuerHttp, yaml)).toBe('silent');
});
