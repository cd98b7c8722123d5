import { issuersNamed } from '../../src/local/issuers-named';
import type { IssuerPlan } from '../../src/local/issuer-plan';

const planOf = (issuer: string, appName: string): IssuerPlan => ({
  issuer,
  jwksUris: [],
  form: 'xsuaa',
  tokenEndpoint: issuer,
  accepted: { clientId: `sb-${appName}`, appName, audiences: [], scopes: [] },
});
const [geo, shop] = ['https://geo.authentication.example.com/oauth/token', 'https://shop.authentication.example.com/oauth/token'];
const plans = [planOf(geo, 'location!t1'), planOf(shop, 'orders!t2'), planOf('https://shop.example.net/', 'x')];

test.each([
  ['its string', geo, geo],
  ['its host', 'GEO.authentication.example.com', geo],
  ['the start of its host', 'geo', geo],
  ['some labels of its host', 'shop.authentication', shop],
  ['the name of its application', 'orders', shop],
])('an issuer is named by %s', (_, name, issuer) => {
  expect([...issuersNamed(plans, [name])]).toEqual([issuer]);
});

test.each([
  ['a name that fits several', 'shop', /"shop" fits several issuers/],
  ['a name that is nearly one', 'gio', /no issuer "gio" is in the manifests; did you mean "geo"\?/],
  ['half a label', 'ge', /no issuer "ge"/],
])('%s is refused', (_, name, message) => {
  expect(() => issuersNamed(plans, [name])).toThrow(message);
});
