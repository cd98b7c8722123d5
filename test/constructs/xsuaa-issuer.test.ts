import { Testing } from 'cdk8s';
import { UsageError, XsuaaIssuer, xsuaaBindingNames, type XsuaaBindingProps, type XsuaaIssuerProps } from '../../src/index';
import { goDurationSeconds } from '../../src/model/go-duration';
import type { JsonObject } from '../../src/model/json';
import { objectAt, textOf } from '../../src/model/json-fields';
import { bindingUpdateRefusal, sameObject } from '../support/binding-webhook';
import { schemaRefusals } from '../support/crd-schemas';
import { xsuaaProps, xsuaaUrl } from '../support/scenario';
import { refusal, synthesize, synthesizeKind } from '../support/synthesize';

const written = (kind: string, changes: Partial<XsuaaIssuerProps> = {}) =>
  synthesizeKind(kind, (chart) => new XsuaaIssuer(chart, 'xsuaa', xsuaaProps(changes)));
const refused = (changes: Partial<XsuaaIssuerProps>) => refusal((chart) => new XsuaaIssuer(chart, 'xsuaa', xsuaaProps(changes)));
const binding = (props: XsuaaBindingProps) => written('ServiceBinding', { binding: props });
const parameters = (changes: Partial<XsuaaIssuerProps>) => objectAt(objectAt(written('ServiceInstance', changes), 'spec'), 'parameters');

test('an issuer is an instance and a binding with a Secret that rotates', () => {
  const secretName = `geo-xsuaa-${xsuaaBindingNames('geo-xsuaa').secretName.slice(-8)}`;
  expect(written('ServiceBinding')).toEqual({
    apiVersion: 'services.cloud.sap.com/v1',
    kind: 'ServiceBinding',
    metadata: { name: secretName, namespace: 'geo', annotations: { 'argocd.argoproj.io/sync-wave': '-1' } },
    spec: {
      serviceInstanceName: 'geo-xsuaa',
      secretName,
      parameters: { 'credential-type': 'binding-secret' },
      credentialsRotationPolicy: { enabled: true, rotationFrequency: '72h', rotatedBindingTTL: '48h' },
    },
  });
});

test('the security descriptor is accepted as it is', () => {
  const { xsSecurity } = xsuaaProps();
  expect(parameters({})).toEqual(xsSecurity);
  expect(written('ServiceInstance')).toMatchObject({ spec: { serviceOfferingName: 'xsuaa', servicePlanName: 'application' } });
});

test('both objects have the structure that the API server knows', () => {
  const objects = synthesize((chart) => new XsuaaIssuer(chart, 'xsuaa', xsuaaProps({ binding: { credentials: 'x509' } })));
  expect(objects.map(schemaRefusals)).toEqual([[], []]);
});

/** Scopes of a client credentials token: what is granted to the client's application, when that accepts it. */
function technicalScopes(descriptor: JsonObject, suffix: string): string[] {
  const self = '$XSAPPNAME(application,geo)';
  const accepts = (descriptor['authorities'] as string[] | undefined)?.includes('$ACCEPT_GRANTED_AUTHORITIES') ?? false;
  const scopes = (descriptor['scopes'] as JsonObject[]).filter((scope) =>
    (scope['grant-as-authority-to-apps'] as string[] | undefined)?.includes(self),
  );
  return accepts ? scopes.map((scope) => textOf(scope['name']).replace('$XSAPPNAME', `geo${suffix}`)) : [];
}

test('a technical token carries a required scope only when the descriptor grants it', () => {
  expect(technicalScopes(parameters({}), '!t7')).toEqual([]);
  expect(technicalScopes(parameters({ technicalScopes: ['$XSAPPNAME.Read'] }), '!t7')).toEqual(['geo!t7.Read']);
  expect(parameters({ technicalScopes: ['Read'] })).toEqual(parameters({ technicalScopes: ['$XSAPPNAME.Read'] }));
});

test('what a descriptor grants already stays, and an explicit authority is enough', () => {
  const scopes = [{ name: '$XSAPPNAME.Read', 'grant-as-authority-to-apps': ['$XSAPPNAME(application,other)'] }];
  const authorities = ['$XSAPPNAME(application,geo).Read'];
  const completed = parameters({ technicalScopes: ['Read'], xsSecurity: { xsappname: 'geo', scopes, authorities } });
  const grants = ['$XSAPPNAME(application,other)', '$XSAPPNAME(application,geo)'];
  expect(completed).toMatchObject({ authorities, scopes: [{ 'grant-as-authority-to-apps': grants }] });
});

test('only the scopes that rules require are granted', () => {
  const xsSecurity = { xsappname: 'geo', scopes: [{ name: '$XSAPPNAME.Read' }, { name: '$XSAPPNAME.Admin' }] };
  expect(technicalScopes(parameters({ xsSecurity, technicalScopes: ['Read'] }), '!t7')).toEqual(['geo!t7.Read']);
});

test.each([
  [{ technicalScopes: ['Write'] }, 'declares no scope $XSAPPNAME.Write'],
  [{ technicalScopes: ['Read'], xsSecurity: { scopes: [{ name: '$XSAPPNAME.Read' }] } }, 'needs xsappname'],
])('%j is a mistake of the caller', (changes, message) => {
  expect(() => new XsuaaIssuer(Testing.chart(), 'xsuaa', xsuaaProps(changes))).toThrow(message);
});

const changes: readonly (readonly [string, XsuaaBindingProps])[] = [
  ['credentials', { credentials: 'x509' }],
  ['key length', { credentials: 'x509', x509: { keyLength: 4096 } }],
  ['validity', { credentials: 'x509', x509: { validityDays: 30 } }],
];

test.each(changes)('a binding with another %s would be refused as an update, so it is another object', (_, changed) => {
  const byHand = (props: XsuaaBindingProps) => binding({ ...props, suffix: 'none' });
  expect(sameObject(byHand({}), byHand(changed))).toBe(true);
  expect(bindingUpdateRefusal(byHand({}), byHand(changed))).toBe('updating service bindings is not supported');
  expect(sameObject(binding({}), binding(changed))).toBe(false);
  expect(textOf(objectAt(binding(changed), 'spec')['secretName'])).not.toBe(textOf(objectAt(binding({}), 'spec')['secretName']));
});

test('a renamed instance gets another binding, also under an explicit name', () => {
  const renamed = written('ServiceBinding', { metadata: { name: 'geo-login', namespace: 'geo' }, binding: { name: 'login' } });
  expect(sameObject(binding({ name: 'login' }), renamed)).toBe(false);
});

test('another rotation is an update of the same binding, which the operator admits', () => {
  const changed = binding({ rotation: { every: '24h', keep: '12h' } });
  expect(sameObject(binding({}), changed)).toBe(true);
  expect(bindingUpdateRefusal(binding({}), changed)).toBeUndefined();
});

test('the folder that code looks for stays, whatever the credentials are', () => {
  expect(xsuaaBindingNames('geo-xsuaa', { credentials: 'x509' }).bindingName).toBe('geo-xsuaa');
  expect(xsuaaBindingNames('geo-xsuaa', { name: 'login', suffix: 'none' })).toEqual({ bindingName: 'login', secretName: 'login' });
});

/** Age in days of the oldest certificate that is in use; without rotation there is no bound. */
function oldestDays(body: JsonObject): number {
  const policy = objectAt(objectAt(body, 'spec'), 'credentialsRotationPolicy');
  const seconds = (field: string) => goDurationSeconds(textOf(policy[field])) ?? Number.NaN;
  return policy['enabled'] === true ? (seconds('rotationFrequency') + seconds('rotatedBindingTTL')) / 86_400 : Infinity;
}

const tooOld: readonly (readonly [string, XsuaaBindingProps, string])[] = [
  ['no rotation', { rotation: 'none' }, 'is off, and the certificate is valid for 7 days only'],
  ['rotation after its end', { rotation: { every: '240h', keep: '1h' } }, 'for 240h + 1h, but the certificate is valid for 7 days'],
  ['an old one kept too long', { rotation: { every: '120h', keep: '48h' } }, 'for 120h + 48h, but the certificate is valid for 7 days'],
  ['a validity of one day', { x509: { validityDays: 1 } }, 'for 72h + 48h, but the certificate is valid for 1 day'],
];

test.each(tooOld)('a certificate with %s would run out while it is in use', (_, props, message) => {
  expect(oldestDays(binding({ ...props, credentials: 'secret' }))).toBeGreaterThanOrEqual(props.x509?.validityDays ?? 7);
  expect(refused({ binding: { ...props, credentials: 'x509' } })).toContain(message);
});

test('a certificate rotates in time unless told otherwise', () => {
  expect(oldestDays(binding({ credentials: 'x509' }))).toBeLessThan(7);
  expect(refused({ binding: { credentials: 'x509', rotation: { every: '119h', keep: '48h59m' } } })).toBe('');
});

test('a client secret may be kept for ever, when that is asked for', () => {
  expect(binding({ rotation: 'none' })).toMatchObject({ spec: { credentialsRotationPolicy: { enabled: false } } });
});

test.each([
  [{ binding: { rotation: { every: '3d', keep: '48h' } } }, '"3d" is no duration'],
  [{ binding: { rotation: { every: '0h', keep: '48h' } } }, 'no duration above zero'],
  [{ binding: { credentials: 'x509', x509: { keyLength: 1024 } } }, 'give 2048, 4096 or 8192'],
  [{ binding: { credentials: 'x509', x509: { validityDays: 31 } } }, 'whole days from 1 to 30'],
  [{ binding: { name: 'geo.xsuaa' } }, 'could not be mounted into a Function'],
  [{ binding: { name: 'x'.repeat(55) } }, 'could not be mounted into a Function'],
  [{ metadata: { name: 'Geo', namespace: 'geo' } }, '"Geo" is no name of an object'],
  [{ url: 'http://acme.authentication.eu10.hana.ondemand.com' }, 'does not start with https://'],
  [{ xsSecurity: { xsappname: 'geo!t1' } }, '"geo!t1" is no application name'],
  [{ xsSecurity: { 'tenant-mode': 'single' } }, 'give dedicated, shared or external'],
  [{ xsSecurity: { scopes: [{ name: 'Read' }] } }, 'does not start with $XSAPPNAME'],
  [{ xsSecurity: { scopes: [{ name: '$XSAPPNAME..Read' }] } }, 'that XSUAA refuses'],
  [{ xsSecurity: { scopes: [{ name: '$XSAPPNAME.R' }, { name: '$XSAPPNAME.R' }] } }, 'is declared twice'],
  [{ xsSecurity: { 'role-templates': [{ name: 'V', 'scope-references': ['$XSAPPNAME.R'] }] } }, 'is no scope of this descriptor'],
  [
    { xsSecurity: { 'role-collections': [{ name: 'C', 'role-template-references': ['$XSAPPNAME.V'] }] } },
    'is no role template of this descriptor',
  ],
  [{ xsSecurity: { 'oauth2-configuration': { 'token-validity': 59 } } }, 'give seconds from 60 to 86400'],
  [{ xsSecurity: { 'oauth2-configuration': { 'credential-types': ['instance-secret'] } } }, 'is no type for new bindings'],
  [
    { binding: { credentials: 'x509' }, xsSecurity: { 'oauth2-configuration': { 'credential-types': ['binding-secret'] } } },
    'does not list x509',
  ],
] satisfies [Partial<XsuaaIssuerProps>, string][])('%j is refused', (props, message) => {
  expect(refused(props)).toContain(message);
});

test('a descriptor from the wild is accepted', () => {
  const scopes = [{ name: 'uaa.user' }, { name: '$XSAPPNAME.Read' }];
  const templates = [{ name: 'Viewer', 'scope-references': ['$XSAPPNAME.Read', '$XSAPPNAME(application,other).Read'] }];
  const collections = [{ name: 'Geo_Viewer', 'role-template-references': ['$XSAPPNAME.Viewer'] }];
  const oauth = { 'redirect-uris': ['https://*.example.com/**'], 'token-validity': 3600 };
  const lists = { 'role-templates': templates, 'role-collections': collections, 'foreign-scope-references': ['$ACCEPT_GRANTED_SCOPES'] };
  expect(refused({ xsSecurity: { xsappname: 'geo-dev', 'tenant-mode': 'shared', scopes, ...lists, 'oauth2-configuration': oauth } })).toBe(
    '',
  );
});

test('x509 credentials need a descriptor that admits them, which a silent descriptor then does', () => {
  expect(parameters({ binding: { credentials: 'x509' } })).toMatchObject({ 'oauth2-configuration': { 'credential-types': ['x509'] } });
});

test('it is the issuer whose tokens it stands for', () => {
  const issuer = new XsuaaIssuer(Testing.chart(), 'xsuaa', xsuaaProps({ url: xsuaaUrl }));
  expect(issuer.issuer).toBe(`${xsuaaUrl}/oauth/token`);
  expect(issuer.jwksUri).toBe(`${xsuaaUrl}/token_keys`);
});

test('before the binding exists nobody can name the issuer, and it says so', () => {
  const issuer = new XsuaaIssuer(Testing.chart(), 'xsuaa', xsuaaProps());
  expect(() => issuer.issuer).toThrow(UsageError);
  expect(() => issuer.jwksUri).toThrow('XSUAA instance geo/geo-xsuaa');
});
