import type { JsonObject } from '../../src/model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../src/model/json-fields';
import { VerificationJob } from '../../src/constructs/verification-job';
import { VerificationNamespace } from '../../src/constructs/verification-namespace';
import type { VerificationJobProps, VerificationKind } from '../../src/constructs/verification-props';
import { kubernetesRefusals } from '../support/kubernetes-schemas';
import { restrictedControls } from '../support/pod-security';
import { refusal, synthesize } from '../support/synthesize';

const apiRule = { apiVersion: 'gateway.kyma-project.io/v2', kind: 'APIRule', metadata: { name: 'orders', namespace: 'shop' }, spec: {} };
const verifier = { sha256: 'ab'.repeat(32), gzip: 'A'.repeat(400_000) };
const usual: VerificationJobProps = {
  metadata: { name: 'verify', namespace: 'shop-verification' },
  image: `docker.io/library/node:22-alpine@sha256:${'1'.repeat(64)}`,
  apiRules: [apiRule],
  scope: ['orders.example.com'],
};
const full: Partial<VerificationJobProps> = {
  verifier,
  bindings: [{ name: 'xsuaa', instance: { name: 'shop', namespace: 'shop' }, issuer: 'https://shop.example.com/oauth/token' }],
  secrets: [{ name: 'keycloak', secretName: 'keycloak-verifier', issuer: 'https://id.example.com/realms/main' }],
  labels: { cluster: 'eu10' },
  network: {},
  shards: 3,
};

const objectsOf = (props: Partial<VerificationJobProps> = {}): JsonObject[] =>
  synthesize((chart) => new VerificationJob(chart, 'verify', { ...usual, ...props }));
const ofKind = (objects: readonly JsonObject[], kind: string): JsonObject[] => objects.filter((object) => object['kind'] === kind);

/** The Job, or the one that the CronJob makes. */
function jobOf(props: Partial<VerificationJobProps> = {}): JsonObject {
  const [job = {}] = objectsOf(props).filter(({ kind }) => kind === 'Job' || kind === 'CronJob');
  return job;
}
const specOf = (job: JsonObject): JsonObject =>
  job['kind'] === 'CronJob' ? objectAt(objectAt(objectAt(job, 'spec'), 'jobTemplate'), 'spec') : objectAt(job, 'spec');
const podOf = (props: Partial<VerificationJobProps> = {}): JsonObject => objectAt(objectAt(specOf(jobOf(props)), 'template'), 'spec');
const containerOf = (props: Partial<VerificationJobProps> = {}): JsonObject => objectsAt(podOf(props), 'containers')[0]?.[0] ?? {};

const kinds: readonly VerificationKind[] = ['job', 'argocd', 'flux', 'helm', 'cronjob'];
const propsOf = (kind: VerificationKind): Partial<VerificationJobProps> => ({ kind, ...(kind === 'cronjob' && { schedule: '0 3 * * *' }) });

describe.each(kinds)('as %s', (kind) => {
  test('every object is one that the API server of Kubernetes 1.27 takes, unknown fields excluded', () => {
    for (const object of [...objectsOf({ ...propsOf(kind), ...full }), ...objectsOf(propsOf(kind))])
      expect([object['kind'], kubernetesRefusals(object)]).toEqual([object['kind'], []]);
  });

  test.each(restrictedControls.map(({ name, breaches }) => [name, breaches] as const))(
    'the Pod meets the restricted standard: %s',
    (_, breaches) => {
      expect(breaches(podOf({ ...propsOf(kind), ...full }))).toEqual([]);
    },
  );

  test('nothing gives it rights in the cluster', () => {
    const objects = objectsOf({ ...propsOf(kind), ...full });
    expect([...new Set(objects.map((object) => textOf(object['kind'])))].sort()).toEqual(
      ['ConfigMap', 'NetworkPolicy', 'ServiceAccount', 'ServiceBinding', kind === 'cronjob' ? 'CronJob' : 'Job'].sort(),
    );
    expect(ofKind(objects, 'ServiceAccount')).toMatchObject([{ automountServiceAccountToken: false }]);
    expect(podOf(propsOf(kind))).toMatchObject({
      automountServiceAccountToken: false,
      serviceAccountName: 'verify',
      enableServiceLinks: false,
    });
  });

  test('the Pod is outside of the service mesh', () => {
    const labels = objectAt(objectAt(objectAt(specOf(jobOf(propsOf(kind))), 'template'), 'metadata'), 'labels');
    expect(labels['sidecar.istio.io/inject']).toBe('false');
  });
});

test.each<[VerificationKind, JsonObject]>([
  ['job', { kind: 'Job', metadata: { name: 'verify', annotations: { 'argocd.argoproj.io/sync-wave': '2' } } }],
  [
    'argocd',
    {
      kind: 'Job',
      metadata: {
        name: 'verify',
        annotations: { 'argocd.argoproj.io/hook': 'PostSync', 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' },
      },
    },
  ],
  [
    'helm',
    {
      kind: 'Job',
      metadata: { name: 'verify', annotations: { 'helm.sh/hook': 'test', 'helm.sh/hook-delete-policy': 'before-hook-creation' } },
    },
  ],
  ['cronjob', { kind: 'CronJob', metadata: { name: 'verify' }, spec: { schedule: '0 3 * * *', concurrencyPolicy: 'Forbid' } }],
])('%s is started by its tool', (kind, expected) => {
  expect(jobOf(propsOf(kind))).toMatchObject(expected);
});

describe('for Flux', () => {
  const nameOf = (props: Partial<VerificationJobProps> = {}): string =>
    textOf(objectAt(jobOf({ kind: 'flux', ...props }), 'metadata')['name']);

  test('the Job has no hook of another tool', () => {
    expect(objectAt(jobOf({ kind: 'flux' }), 'metadata')).toEqual({ name: nameOf(), namespace: 'shop-verification' });
  });

  test('the same content has the same name', () => {
    expect(nameOf()).toMatch(/^verify-[0-9a-f]{8}$/);
    expect(nameOf()).toBe(nameOf());
  });

  test.each<[string, Partial<VerificationJobProps>]>([
    ['another APIRule', { apiRules: [{ ...apiRule, spec: { hosts: ['a.example.com'] } }] }],
    ['another scope', { scope: ['a.example.com'] }],
    ['another verifier', { verifier }],
    ['another image', { image: `node@sha256:${'2'.repeat(64)}` }],
    ['another deadline', { deadlineSeconds: 60 }],
    ['other credentials', { secrets: [{ name: 'a', secretName: 'a' }] }],
  ])('%s gives another name, because a Job cannot be changed', (_, props) => {
    expect(nameOf(props)).not.toBe(nameOf());
  });
});

test('findings, wrong calls and defects end the Job; what could not be decided is tried again; a lost node does not count', () => {
  const spec = specOf(jobOf());
  expect(spec).toMatchObject({ backoffLimit: 2, activeDeadlineSeconds: 1800, template: { spec: { restartPolicy: 'Never' } } });
  expect(objectsAt(objectAt(spec, 'podFailurePolicy'), 'rules').map(([rule]) => rule)).toEqual([
    { action: 'FailJob', onExitCodes: { containerName: 'verify', operator: 'In', values: [1, 2, 4] }, onPodConditions: [] },
    { action: 'Count', onExitCodes: { containerName: 'verify', operator: 'In', values: [3] }, onPodConditions: [] },
    { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
  ]);
});

test('the credentials are its own: a binding in its namespace to an instance in another', () => {
  const [binding = {}] = ofKind(objectsOf(full), 'ServiceBinding');
  const name = textOf(objectAt(binding, 'metadata')['name']);
  expect(name).toMatch(/^verify-xsuaa-[0-9a-f]{8}$/);
  expect(binding).toMatchObject({
    metadata: { namespace: 'shop-verification' },
    spec: { serviceInstanceName: 'shop', serviceInstanceNamespace: 'shop', secretName: name, credentialsRotationPolicy: { enabled: true } },
  });
  expect(objectsAt(podOf(full), 'volumes').map(([volume]) => volume['secret'])).toEqual([
    undefined,
    undefined,
    undefined,
    { secretName: name, defaultMode: 0o400 },
    { secretName: 'keycloak-verifier', defaultMode: 0o400 },
  ]);
});

test('every volume is mounted read-only, and nothing else is writable', () => {
  const container = containerOf(full);
  expect(objectsAt(container, 'volumeMounts').map(([mount]) => [mount['mountPath'], mount['readOnly']])).toEqual([
    ['/verifier', true],
    ['/api-rules', true],
    ['/scope', true],
    ['/bindings/xsuaa', true],
    ['/bindings/keycloak', true],
  ]);
  expect(objectAt(container, 'securityContext')['readOnlyRootFilesystem']).toBe(true);
});

test('the kubelet alters no argument', () => {
  const args = listAt(containerOf({ ...full, args: ['--only', 'GET a.example.com/$(HOME)/$$x'] }), 'args').map((arg) => textOf(arg));
  expect(args).toContain('GET a.example.com/$$(HOME)/$$$$x');
  expect(args.filter((arg) => /(?<!\$)(\$\$)*\$\(/.test(arg) || /(?<!\$)\$\$(?!\$|\()/.test(arg))).toEqual([]);
});

test('shards are completions of one Job', () => {
  expect(specOf(jobOf({ shards: 3 }))).toMatchObject({ completions: 3, parallelism: 3, completionMode: 'Indexed' });
  expect(listAt(containerOf({ shards: 3 }), 'args').slice(-2)).toEqual(['--shards', '3']);
  expect(Object.keys(specOf(jobOf()))).not.toContain('completions');
});

test('many APIRules go into as many immutable ConfigMaps as they need, each below the limit of client-side apply', () => {
  const apiRules = Array.from({ length: 1000 }, (_, index) => ({
    ...apiRule,
    metadata: { name: `orders-${index}`, namespace: 'shop' },
    spec: { text: 'x'.repeat(1000) },
  }));
  const objects = objectsOf({ apiRules });
  const maps = ofKind(objects, 'ConfigMap').filter((map) => textOf(objectAt(map, 'metadata')['name']).includes('api-rules'));
  expect(maps.length).toBeGreaterThan(5);
  expect(maps.every(({ immutable }) => immutable === true)).toBe(true);
  expect(maps.flatMap((map) => Object.keys(objectAt(map, 'data')))).toHaveLength(1000);
  expect(Math.max(...objects.map((object) => Buffer.byteLength(JSON.stringify(object))))).toBeLessThan(180 * 1024);
});

test('the network policy lets nobody in, and out only to DNS, targets and issuers', () => {
  const networks = { targets: ['203.0.113.0/24'], issuers: ['198.51.100.7/32'] };
  const [policy = {}] = ofKind(objectsOf({ network: networks }), 'NetworkPolicy');
  const spec = objectAt(policy, 'spec');
  const selector = objectAt(objectAt(spec, 'podSelector'), 'matchLabels');
  expect([spec['policyTypes'], spec['ingress']]).toEqual([['Ingress', 'Egress'], undefined]);
  expect(objectAt(objectAt(specOf(jobOf()), 'template'), 'metadata')['labels']).toMatchObject(selector);
  const egress = objectsAt(spec, 'egress').map(([rule]) => [
    objectsAt(rule, 'to').map(([peer]) => objectAt(peer, 'ipBlock')['cidr']),
    objectsAt(rule, 'ports').map(([port]) => port['port']),
  ]);
  expect(egress).toEqual([
    [
      [undefined, '169.254.20.10/32'],
      [53, 53, 8053, 8053],
    ],
    [['203.0.113.0/24'], [80, 443]],
    [['198.51.100.7/32'], [443]],
  ]);
});

test.each<[string, Partial<VerificationJobProps>, string]>([
  ['an image without digest', { image: 'node:22-alpine' }, 'a tag alone can move'],
  ['a digest that is too short', { image: `node@sha256:${'1'.repeat(63)}` }, 'a tag alone can move'],
  ['no APIRule', { apiRules: [] }, 'has no APIRule to verify'],
  ['no scope', { scope: [] }, 'has no scope'],
  ['a cronjob without schedule', { kind: 'cronjob' }, 'needs a schedule'],
  ['a schedule without cronjob', { schedule: '* * * * *' }, 'needs a schedule if it is a cronjob, and only then'],
  ['a name that a CronJob cannot have', { metadata: { name: 'a'.repeat(53), namespace: 'x' } }, 'at most 52 characters'],
  ['half a shard', { shards: 0.5 }, 'a whole number'],
  ['two credentials of one name', { secrets: [1, 2].map(() => ({ name: 'a', secretName: 'a' })) }, 'have the same name'],
  ['credentials that are no folder', { secrets: [{ name: '../etc', secretName: 'a' }] }, 'give DNS labels'],
  ['an APIRule that no ConfigMap takes', { apiRules: [{ ...apiRule, spec: { text: 'x'.repeat(200_000) } }] }, 'split it'],
])('%s is refused', (_, props, message) => {
  expect(refusal((chart) => new VerificationJob(chart, 'verify', { ...usual, ...props }))).toContain(message);
});

test('its namespace admits Pods of the restricted standard only', () => {
  const [namespace = {}] = synthesize((chart) => new VerificationNamespace(chart, 'namespace', { name: 'shop-verification' }));
  expect(kubernetesRefusals(namespace)).toEqual([]);
  expect(objectAt(namespace, 'metadata')['labels']).toEqual({
    'istio-injection': 'disabled',
    'pod-security.kubernetes.io/enforce': 'restricted',
  });
});

describe('the checks of these tests bite', () => {
  const pod = podOf(full);
  const container = containerOf(full);
  const withContext = (change: JsonObject): JsonObject => ({
    ...pod,
    containers: [{ ...container, securityContext: { ...objectAt(container, 'securityContext'), ...change } }],
  });

  test.each<[string, JsonObject]>([
    ['HostProcess', { ...pod, securityContext: { windowsOptions: { hostProcess: true } } }],
    ['Host Namespaces', { ...pod, hostNetwork: true }],
    ['Privileged Containers', withContext({ privileged: true })],
    ['Capabilities', withContext({ capabilities: { drop: ['NET_RAW'] } })],
    ['HostPath Volumes', { ...pod, volumes: [{ name: 'a', hostPath: { path: '/' } }] }],
    ['Host Ports', { ...pod, containers: [{ ...container, ports: [{ hostPort: 80 }] }] }],
    ['SELinux', withContext({ seLinuxOptions: { user: 'system_u' } })],
    ['/proc Mount Type', withContext({ procMount: 'Unmasked' })],
    ['Seccomp', { ...pod, securityContext: { runAsNonRoot: true } }],
    ['Sysctls', { ...pod, securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } }],
    ['Volume Types', { ...pod, volumes: [{ name: 'a', nfs: { server: 'x', path: '/' } }] }],
    ['Privilege Escalation', withContext({ allowPrivilegeEscalation: true })],
    ['Running as Non-root', withContext({ runAsNonRoot: false })],
    ['Running as Non-root user', withContext({ runAsUser: 0 })],
  ])('a Pod that breaks %s is found', (name, broken) => {
    const found = restrictedControls.filter(({ breaches }) => breaches(broken).length > 0).map((control) => control.name);
    expect(found).toContain(name);
  });

  test.each<[string, JsonObject]>([
    ['a field that Kubernetes does not know', { ...jobOf(full), spec: { ...specOf(jobOf(full)), backofLimit: 1 } }],
    ['a value of a wrong type', { ...jobOf(full), spec: { ...specOf(jobOf(full)), backoffLimit: 'two' } }],
    ['a missing member', { ...jobOf(full), spec: { backoffLimit: 1 } }],
  ])('%s is refused', (_, job) => {
    expect(kubernetesRefusals(job)).not.toEqual([]);
  });
});
