import { parse } from 'yaml';
import { ConfigInvalidError } from '../../../src/model/errors';
import { printIssuerTemplate } from '../../../src/migrate/issuers/issuer-template';
import { missingIssuers, type MissingWithUsers } from '../../../src/migrate/issuers/missing-issuers';
import { parseIssuerMap } from '../../../src/migrate/issuers/parse-issuer-map';
import { handlerRule, jwtRule, oldObject, readOld, realm } from '../../support/old-objects';

const dex = 'https://dex.kyma.example.com';
const apiRules = [
  oldObject([
    jwtRule('/a', { trusted_issuers: [dex], jwks_urls: [`${dex}/keys`] }),
    jwtRule('/b', { trusted_issuers: [dex], jwks_urls: [`${dex}/keys`] }),
  ]),
  oldObject(
    [handlerRule('/a', 'jwt', { jwks_urls: ['https://shop.authentication.eu10.hana.ondemand.com/token_keys'] })],
    {},
    { name: 'users' },
  ),
  oldObject([handlerRule('/a', 'jwt', { trusted_issuers: [dex], jwks_urls: [`${dex}/keys`] }), jwtRule('/b')], {}, { name: 'more' }),
  oldObject([handlerRule('/a', 'jwt', { trusted_issuers: [realm] })], {}, { name: 'keyless' }),
].flatMap((object) => readOld(object).apiRule ?? []);

test('each question is asked once, with all who ask it', () => {
  expect(missingIssuers(apiRules, []).map(({ why, usedBy }) => [why, usedBy])).toEqual([
    ['dex', ['APIRule shop/orders', 'APIRule shop/more']],
    ['no-issuer', ['APIRule shop/users']],
    ['no-keys', ['APIRule shop/keyless']],
  ]);
});

test('the template is a map once it is filled in, and none before', () => {
  const template = printIssuerTemplate(missingIssuers(apiRules, []));
  expect(() => parseIssuerMap(template, 'issuers.yaml')).toThrow(ConfigInvalidError);
  expect(template).toContain(
    '# The Dex of Kyma is gone: name the provider that takes its place. Used by APIRule shop/orders, APIRule shop/more.',
  );
  expect(template).toContain('#   "https://shop.authentication.eu10.hana.ondemand.com/oauth/token"');
  const filled = template
    .replaceAll('issuer: ""', 'issuer: https://new.example.com')
    .replaceAll('jwksUri: ""', 'jwksUri: https://new.example.com/keys');
  expect(missingIssuers(apiRules, parseIssuerMap(filled, 'issuers.yaml'))).toEqual([]);
});

test('what stays is filled in already', () => {
  expect(parse(printIssuerTemplate(missingIssuers(apiRules, [])))).toEqual([
    { from: [dex, `${dex}/keys`], issuer: '', jwksUri: '' },
    {
      from: ['https://shop.authentication.eu10.hana.ondemand.com/token_keys'],
      issuer: '',
      jwksUri: 'https://shop.authentication.eu10.hana.ondemand.com/token_keys',
    },
    { from: [realm], issuer: realm, jwksUri: '' },
  ]);
});

test('hostile names and addresses stay texts and comments', () => {
  const hostile = '\n- from: [a]\n  remove: true\n#"\u2028';
  const missing: MissingWithUsers[] = [
    { why: 'unpaired', issuers: [hostile], jwksUrls: [hostile], usedBy: [hostile, ...Array.from({ length: 9 }, () => 'x')] },
  ];
  expect(parse(printIssuerTemplate(missing))).toEqual([{ from: [hostile], issuer: hostile, jwksUri: '' }]);
});
