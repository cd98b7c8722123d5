import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../src/model/json';
import { objectAt, textOf } from '../../../src/model/json-fields';
import type { VerifierContent } from '../../../src/model/verifier-content';
import { VerificationJob } from '../../../src/constructs/verification-job';
import type { VerificationJobProps, VerificationKind } from '../../../src/constructs/verification-props';
import { VerifierBundle } from '../../../src/constructs/verifier-bundle';
import { configMapUnknown } from '../../../src/validate/rules/set/config-map-unknown';
import { findingsOf } from '../../support/rule-findings';
import { synthesize } from '../../support/synthesize';

const apiRule = { apiVersion: 'gateway.kyma-project.io/v2', kind: 'APIRule', metadata: { name: 'orders', namespace: 'shop' }, spec: {} };
const verifier = contentOf('A'.repeat(400_000));
function contentOf(gzip: string): VerifierContent {
  return { sha256: createHash('sha256').update(Buffer.from(gzip, 'base64')).digest('hex'), gzip };
}

const usual: VerificationJobProps = {
  metadata: { name: 'verify', namespace: 'shop-verification' },
  image: `docker.io/library/node:22-alpine@sha256:${'1'.repeat(64)}`,
  apiRules: [apiRule],
  scope: ['orders.example.com'],
};
const kinds: readonly VerificationKind[] = ['job', 'argocd', 'flux', 'helm', 'cronjob'];
const written = (props: Partial<VerificationJobProps> = {}): JsonObject[] =>
  synthesize((chart) => new VerificationJob(chart, 'verify', { ...usual, ...props }));
const newer = contentOf('B'.repeat(400_000));
const bundled = (content = verifier): JsonObject[] =>
  synthesize((chart) => new VerifierBundle(chart, 'bundle', { metadata: usual.metadata, content }));
const said = (objects: readonly JsonObject[]): string[] =>
  findingsOf(configMapUnknown, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })).map((line) =>
    line.replace(/ spec\.[^:]+/, '').replaceAll(/-[0-9a-f]{8}\b/g, '-HASH'),
  );
const withoutPart = (objects: readonly JsonObject[], part: string): JsonObject[] =>
  objects.filter((object) => !textOf(objectAt(object, 'metadata')['name']).startsWith(`verify-${part}-`));
const printed = (objects: readonly JsonObject[]): JsonObject[] =>
  objects.map((object) => ({ ...object, metadata: { ...objectAt(object, 'metadata'), uid: '1' } }));

test.each(kinds)('nothing is said of a whole one that is started as %s', (kind) => {
  expect(said([...written({ kind, verifier, ...(kind === 'cronjob' && { schedule: '0 3 * * *' }) }), ...bundled()])).toEqual([]);
});

test('a verifier that is applied apart is worth a word and ends no pipeline', () => {
  expect(said(written({ verifier }))).toEqual([
    'info: ConfigMap shop-verification/verify-verifier-HASH-0 and 2 more are not in the input; synth writes the verifier with --with-verifier only, and no Pod starts before it is in the cluster',
  ]);
});

test('another verifier than the one that the Job names ends one', () => {
  expect(said([...written({ verifier: newer }), ...bundled()])).toEqual([
    'medium: ConfigMap shop-verification/verify-verifier-HASH-0 and 2 more are not in the input, which holds "verify-verifier-HASH-0" of another content; no Pod starts without what it names',
  ]);
});

test('so does a missing piece of the verifier', () => {
  const [, ...pieces] = bundled();
  expect(said([...written({ verifier }), ...pieces])).toEqual([
    'medium: ConfigMap shop-verification/verify-verifier-HASH-0 is not in the input, which holds a part of them only; no Pod starts without what it names',
  ]);
});

test.each(['api-rules', 'scope'])('missing %s do, because synth writes them beside the Job', (part) => {
  expect(said(withoutPart(written(), part))).toEqual([
    `medium: ConfigMap shop-verification/verify-${part}-HASH is not in the input; synth writes it beside the Job, and no Pod starts without it`,
  ]);
});

test('APIRules of another run of synth do', () => {
  const others = written({ apiRules: [{ ...apiRule, spec: { hosts: ['a.example.com'] } }] }).filter(({ kind }) => kind === 'ConfigMap');
  expect(said([...withoutPart(written(), 'api-rules'), ...others.slice(0, 1)])).toEqual([
    expect.stringMatching(/^medium: ConfigMap shop-verification\/verify-api-rules-HASH is not in the input, which holds/),
  ]);
});

test('nothing is said of a Job that a cluster printed without any ConfigMap', () => {
  expect(said(printed(written({ verifier }).filter(({ kind }) => kind === 'Job')))).toEqual([]);
  expect(said(written({ verifier }).filter(({ kind }) => kind === 'Job')).map((line) => line.split(':')[0])).toEqual([
    'info',
    'medium',
    'medium',
  ]);
});
