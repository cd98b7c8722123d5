import type { JsonObject, JsonValue } from '../../../src/model/json';
import { object, schemaFindings, schemaMessages, soundFunction, withValue } from '../../support/schema-findings';

const rateLimit = object('gateway.kyma-project.io/v1alpha1', 'RateLimit', {
  selectorLabels: { app: 'orders' },
  local: {
    defaultBucket: { maxTokens: 10, tokensPerFill: 5, fillInterval: '30s' },
    buckets: [{ path: '/a', bucket: { maxTokens: 1, tokensPerFill: 1, fillInterval: '1m30s' } }],
  },
});
const externalGateway = object('gateway.kyma-project.io/v1alpha1', 'ExternalGateway', {
  externalDomain: 'api.example.com',
  internalDomain: { kymaSubdomain: 'external' },
  region: 'eu-1',
  regionsConfigMap: 'regions',
  caSecretRef: { name: 'ca' },
});
const fn = soundFunction();
const git = withValue(fn, 'spec.source', { gitRepository: { url: 'https://x', baseDir: '/', reference: 'main' } });
const instance = object('services.cloud.sap.com/v1', 'ServiceInstance', { serviceOfferingName: 'xsuaa', servicePlanName: 'application' });
const binding = object('services.cloud.sap.com/v1', 'ServiceBinding', { serviceInstanceName: 'geo-xsuaa' });
const env = (...names: string[]): JsonValue => names.map((name) => ({ name, value: 'x' }));

test.each<[string, JsonObject, string, JsonValue | undefined]>([
  ['a RateLimit', rateLimit, 'spec.enforce', false],
  ['response headers', rateLimit, 'spec.enableResponseHeaders', true],
  [
    'a bucket by header',
    rateLimit,
    'spec.local.buckets.0',
    { headers: { a: 'b' }, bucket: { maxTokens: 1, tokensPerFill: 1, fillInterval: '50ms' } },
  ],
  ['no buckets', rateLimit, 'spec.local.buckets', undefined],
  ['an ExternalGateway', externalGateway, 'spec.includeExtGatewayClientCert', true],
  ['the default subdomain', externalGateway, 'spec.internalDomain', {}],
  ['a wildcard domain', externalGateway, 'spec.externalDomain', '*.example.com'],
  ['a Function', fn, 'spec.replicas', 0],
  ['each runtime', fn, 'spec.runtime', 'python312'],
  ['an image', fn, 'spec.runtimeImageOverride', 'registry/x:1'],
  ['dependencies', fn, 'spec.source.inline.dependencies', '{}'],
  ['a Git source', git, 'spec.source.gitRepository.auth', { type: 'basic', secretName: 'git' }],
  ['env', fn, 'spec.env', [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }]],
  ['a profile', fn, 'spec.resourceConfiguration', { function: { profile: 'XS' }, build: { profile: 'fast' } }],
  [
    'resources',
    fn,
    'spec.resourceConfiguration',
    { function: { resources: { limits: { cpu: 1, memory: '128Mi' }, requests: { cpu: '100m' } } } },
  ],
  ['scaleConfig', fn, 'spec.scaleConfig', { minReplicas: 1, maxReplicas: 2 }],
  ['a secret', fn, 'spec.secretMounts', [{ secretName: 's', mountPath: '/x' }]],
  ['labels', fn, 'spec.labels', { 'sidecar.istio.io/inject': 'true', long: 'x'.repeat(64) }],
  ['security contexts', fn, 'spec.podSecurityContext', { anything: { goes: true } }],
  ['an empty template', fn, 'spec.template', {}],
  ['an instance', instance, 'spec.parameters', { xsappname: 'a', deep: [{ any: null }] }],
  ['parameters from Secrets', instance, 'spec.parametersFrom', [{ secretKeyRef: { name: 's', key: 'k' } }]],
  ['the rest of an instance', instance, 'spec.customTags', ['a']],
  ['user info', instance, 'spec.userInfo', { username: 'a', groups: ['b'], extra: { c: ['d'] } }],
  ['a binding', binding, 'spec.credentialsRotationPolicy', { enabled: true, rotationFrequency: '72h', rotatedBindingTTL: '48h' }],
  ['a Secret template', binding, 'spec.secretTemplate', 'apiVersion: v1\nstringData: { a: {{ .clientid }} }'],
  ['names of a binding', binding, 'spec.externalName', 'x'.repeat(100)],
])('%s is admitted', async (_, base, place, value) => {
  expect(await schemaFindings(withValue(base, place, value))).toEqual([]);
});

test.each<[string, JsonObject, string, JsonValue | undefined, string]>([
  ['no labels', rateLimit, 'spec.selectorLabels', undefined, 'schema-required spec.selectorLabels'],
  ['empty labels', rateLimit, 'spec.selectorLabels', {}, 'schema-value spec.selectorLabels'],
  ['no limits', rateLimit, 'spec.local', undefined, 'schema-required spec.local'],
  ['no default bucket', rateLimit, 'spec.local.defaultBucket', undefined, 'schema-required spec.local.defaultBucket'],
  ['tokens as text', rateLimit, 'spec.local.defaultBucket.maxTokens', '10', 'schema-type spec.local.defaultBucket.maxTokens'],
  ['no interval', rateLimit, 'spec.local.defaultBucket.fillInterval', undefined, 'schema-required spec.local.defaultBucket.fillInterval'],
  [
    'an interval without unit',
    rateLimit,
    'spec.local.defaultBucket.fillInterval',
    '30',
    'schema-value spec.local.defaultBucket.fillInterval',
  ],
  ['an interval in days', rateLimit, 'spec.local.defaultBucket.fillInterval', '1d', 'schema-value spec.local.defaultBucket.fillInterval'],
  ['a number beyond int64', rateLimit, 'spec.local.defaultBucket.maxTokens', 1e19, 'schema-value spec.local.defaultBucket.maxTokens'],
  ['a bucket for nothing', rateLimit, 'spec.local.buckets.0.path', undefined, 'schema-cel spec.local.buckets[0]'],
  ['enforce as text', rateLimit, 'spec.enforce', 'yes', 'schema-type spec.enforce'],
  ['no region', externalGateway, 'spec.region', undefined, 'schema-required spec.region'],
  ['no CA', externalGateway, 'spec.caSecretRef', undefined, 'schema-required spec.caSecretRef'],
  ['a domain in upper case', externalGateway, 'spec.externalDomain', 'API.example.com', 'schema-value spec.externalDomain'],
  ['a long domain', externalGateway, 'spec.externalDomain', `${'a.'.repeat(127)}bc`, 'schema-value spec.externalDomain'],
  ['a dotted subdomain', externalGateway, 'spec.internalDomain.kymaSubdomain', 'a.b', 'schema-value spec.internalDomain.kymaSubdomain'],
  ['an empty map name', externalGateway, 'spec.regionsConfigMap', '', 'schema-value spec.regionsConfigMap'],
  ['no runtime', fn, 'spec.runtime', undefined, 'schema-required spec.runtime'],
  ['a dead runtime', fn, 'spec.runtime', 'nodejs18', 'schema-value spec.runtime'],
  ['no source', fn, 'spec.source', undefined, 'schema-required spec.source'],
  ['an empty source', fn, 'spec.source.inline.source', '', 'schema-value spec.source.inline.source'],
  ['neither source', fn, 'spec.source', {}, 'schema-cel spec.source'],
  ['both sources', git, 'spec.source.inline', { source: 'x' }, 'schema-cel spec.source'],
  ['no URL', git, 'spec.source.gitRepository.url', undefined, 'schema-required spec.source.gitRepository.url'],
  ['no baseDir', git, 'spec.source.gitRepository.baseDir', undefined, 'schema-cel spec.source.gitRepository'],
  ['a blank baseDir', git, 'spec.source.gitRepository.baseDir', ' ', 'schema-cel spec.source.gitRepository'],
  ['a blank reference', git, 'spec.source.gitRepository.reference', '\t', 'schema-cel spec.source.gitRepository'],
  [
    'another kind of auth',
    git,
    'spec.source.gitRepository.auth',
    { type: 'token', secretName: 'x' },
    'schema-value spec.source.gitRepository.auth.type',
  ],
  [
    'a blank Secret',
    git,
    'spec.source.gitRepository.auth',
    { type: 'key', secretName: ' ' },
    'schema-cel spec.source.gitRepository.auth.secretName',
  ],
  ['a reserved variable', fn, 'spec.env', env('A', 'NODE_PATH'), 'schema-cel spec.env'],
  ['a variable without name', fn, 'spec.env', [{ value: 'x' }], 'schema-required spec.env[0].name'],
  ['neither profile nor resources', fn, 'spec.resourceConfiguration', { function: {} }, 'schema-cel spec.resourceConfiguration.function'],
  [
    'both',
    fn,
    'spec.resourceConfiguration',
    { function: { profile: 'S', resources: {} } },
    'schema-cel spec.resourceConfiguration.function',
  ],
  [
    'an unknown profile',
    fn,
    'spec.resourceConfiguration',
    { function: { profile: 'XXL' } },
    'schema-cel spec.resourceConfiguration.function',
  ],
  [
    'an unknown build profile',
    fn,
    'spec.resourceConfiguration',
    { build: { profile: 'S' } },
    'schema-cel spec.resourceConfiguration.build',
  ],
  [
    'a quantity that is none',
    fn,
    'spec.resourceConfiguration',
    { function: { resources: { limits: { cpu: '1 core' } } } },
    'schema-value spec.resourceConfiguration.function.resources.limits.cpu',
  ],
  [
    'a quantity of another type',
    fn,
    'spec.resourceConfiguration',
    { function: { resources: { limits: { cpu: true } } } },
    'schema-type spec.resourceConfiguration.function.resources.limits.cpu',
  ],
  [
    'a claim twice',
    fn,
    'spec.resourceConfiguration',
    { function: { resources: { claims: [{ name: 'a' }, { name: 'a' }] } } },
    'schema-value spec.resourceConfiguration.function.resources.claims[1]',
  ],
  ['fewer than no replicas', fn, 'spec.replicas', -1, 'schema-value spec.replicas'],
  ['replicas beyond int32', fn, 'spec.replicas', 2 ** 31, 'schema-value spec.replicas'],
  ['half a scaleConfig', fn, 'spec.scaleConfig', { minReplicas: 1 }, 'schema-required spec.scaleConfig.maxReplicas'],
  ['a template with labels', fn, 'spec.template', { labels: { a: 'b' } }, 'schema-cel spec.template'],
  ['a mount without path', fn, 'spec.secretMounts', [{ secretName: 's' }], 'schema-required spec.secretMounts[0].mountPath'],
  [
    'a long Secret name',
    fn,
    'spec.secretMounts',
    [{ secretName: 's'.repeat(254), mountPath: '/' }],
    'schema-value spec.secretMounts[0].secretName',
  ],
  ['a label of the module', fn, 'spec.labels', { 'serverless.kyma-project.io/x': 'y' }, 'schema-cel spec.labels'],
  ['a long key of a label', fn, 'spec.labels', { [`a.example.com/${'x'.repeat(50)}`]: 'y' }, 'schema-cel spec.labels'],
  ['an annotation of the module', fn, 'spec.annotations', { 'serverless.kyma-project.io/x': 'y' }, 'schema-cel spec.annotations'],
  ['the annotation of the proxy', fn, 'spec.annotations', { 'proxy.istio.io/config': 'y' }, 'schema-cel spec.annotations'],
  ['no offering', instance, 'spec.serviceOfferingName', undefined, 'schema-required spec.serviceOfferingName'],
  ['an empty plan', instance, 'spec.servicePlanName', '', 'schema-value spec.servicePlanName'],
  ['parameters as text', instance, 'spec.parameters', '{}', 'schema-type spec.parameters'],
  [
    'a Secret reference without key',
    instance,
    'spec.parametersFrom',
    [{ secretKeyRef: { name: 's' } }],
    'schema-required spec.parametersFrom[0].secretKeyRef.key',
  ],
  ['no instance', binding, 'spec.serviceInstanceName', undefined, 'schema-required spec.serviceInstanceName'],
  ['a long name', binding, 'spec.externalName', 'ä'.repeat(101), 'schema-value spec.externalName'],
  ['a rotation that says nothing', binding, 'spec.credentialsRotationPolicy', {}, 'schema-required spec.credentialsRotationPolicy.enabled'],
  ['metadata missing a name', fn, 'metadata.labels', { a: 1 }, 'schema-type metadata.labels.a'],
  ['a label that is none', fn, 'metadata.labels', { a: 'b c' }, 'schema-value metadata.labels.a'],
  ['a key that is none', fn, 'metadata.annotations', { 'a b': 'c' }, 'schema-value metadata.annotations.a b'],
  ['a name in upper case', fn, 'metadata.name', 'Orders', 'schema-value metadata.name'],
])('%s is one finding', async (_, base, place, value, expected) => {
  expect(await schemaFindings(withValue(base, place, value))).toEqual([expected]);
});

test('characters are counted, not code units', async () => {
  expect(await schemaFindings(withValue(binding, 'spec.externalName', '😀'.repeat(100)))).toEqual([]);
});

test.each<[JsonObject, string, JsonValue, string]>([
  [fn, 'spec.env', env('NODE_PATH', 'MOD_NAME'), 'sets NODE_PATH, MOD_NAME, which the runtime keeps for itself; choose another name'],
  [fn, 'spec.source', {}, 'has neither inline nor gitRepository; give exactly one of them'],
  [fn, 'spec.runtime', 'nodejs18', 'is "nodejs18"; give one of nodejs20, nodejs22, nodejs24, python312'],
  [rateLimit, 'spec.local.defaultBucket.fillInterval', '30', 'is "30"; give a duration with its unit, as in 100ms, 30s or 1h30m'],
  [fn, 'spec.replicas', '2', 'is "2"; give a whole number of at least 0 (without quotes)'],
  [fn, 'spec.runtime', 22, 'is 22; give one of nodejs20, nodejs22, nodejs24, python312 (put it in quotes)'],
])('%# tells in words what is and what should be', async (base, place, value, message) => {
  expect(await schemaMessages(withValue(base, place, value))).toEqual([message]);
});

test('a null that has a default is a remark that names it', async () => {
  expect(await schemaMessages(withValue(fn, 'spec.replicas', null))).toEqual([
    'is null, so the default 1 applies; leave the field out or give a whole number of at least 0',
  ]);
});
