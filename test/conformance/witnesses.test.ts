import fc from 'fast-check';
import { generateKeyPairSync } from 'node:crypto';
import type { TokenFact } from '../../src/model/access';
import { clusterOf, type Cluster } from '../../src/model/cluster';
import { readManifests } from '../../src/model/read-manifests';
import { requestsOf } from '../../src/model/search/caller';
import { compareAccess } from '../../src/model/search/compare-access';
import { searchCluster, type Hole } from '../../src/model/search/find-holes';
import { translate } from '../../src/model/translate';
import type { IstioObjects } from '../../src/model/istio';
import { objects as randomObjects } from '../model/search/random-cluster';
import type { JsonObject } from '../../src/model/json';
import type { PlacedRequest } from './conformance-case';
import { startLiveEmbedded } from './live-embedded';
import { envoyProgram, mergedObjects, startLiveEnvoy } from './live-envoy';

interface Witness {
  readonly hole: Hole;
  readonly request: PlacedRequest;
  readonly facts: ReadonlyMap<string, TokenFact>;
}

interface Searched {
  readonly objects: IstioObjects;
  readonly witnesses: readonly Witness[];
}

/** Random clusters, each in a namespace and domain of its own, with the requests that the search says get in. */
function searched(count: number): Searched[] {
  return fc.sample(randomObjects, count).map((items, index) => {
    const cluster = placed(items, index);
    const objects = translate(cluster);
    return { objects, witnesses: searchCluster(cluster, objects).holes.flatMap((hole) => witnessesOf(hole, objects)) };
  });
}

/** The objects as a cluster, in a namespace and domain of their own. */
function placed(items: JsonObject[], index: number): Cluster {
  const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
    .replaceAll('orders.example.com', `orders.c${index}.test`)
    .replaceAll('"*.example.com"', `"*.c${index}.test"`)
    .replaceAll('"shop"', `"shop-c${index}"`);
  return clusterOf(readManifests(text, 'case.yaml').manifests).cluster;
}

function witnessesOf(hole: Hole, objects: IstioObjects): Witness[] {
  const { host, method, path } = hole.request;
  const jwtRules = objects.requestAuthentications.flatMap((authentication) => authentication.jwtRules);
  return requestsOf({ host, method, target: path, headers: {} }, hole.caller, jwtRules).map(({ request, facts }) => ({
    hole,
    facts,
    request: { access: request, headers: Object.entries(request.headers), source: { method, target: path } },
  }));
}

const nobody: TokenFact = { problem: 'Jwt is not known' };

test('the embedded gateway lets in what the search says gets in', async () => {
  const all = searched(250);
  const witnesses = all.flatMap((one) => one.witnesses);
  let facts: ReadonlyMap<string, TokenFact> = new Map();
  const gateway = await startLiveEmbedded(mergedObjects(all.map(({ objects }) => objects)), async (token) => facts.get(token) ?? nobody);
  try {
    for (const witness of witnesses) {
      facts = witness.facts;
      expect([witness.hole.request, await gateway.outcome(witness.request)]).toMatchObject([{}, { kind: 'forwarded' }]);
    }
    expect(witnesses.length).toBeGreaterThan(10);
  } finally {
    await gateway.stop();
  }
});

/** Every issuer needs a key before Envoy takes the configuration. */
const publicKey = {
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
  kid: 'k',
  alg: 'RS256',
} as JsonObject;

test('Envoy lets in without a token what the search says gets in without one', async () => {
  if ((await envoyProgram()) === undefined) return;
  const all = searched(250);
  const witnesses = all.flatMap((one) => one.witnesses).filter(({ hole }) => hole.kind === 'anonymous');
  const envoy = await startLiveEnvoy(mergedObjects(all.map(({ objects }) => objects)), {
    keysOf: () => ({ keys: [publicKey] }),
    authorizers: { login: 'http://127.0.0.1:9' },
  });
  try {
    const outcomes = await Promise.all(witnesses.map(({ request }) => envoy.outcome(request)));
    expect(outcomes.filter(({ kind }) => kind !== 'forwarded')).toEqual([]);
    expect(witnesses.length).toBeGreaterThan(5);
  } finally {
    await envoy.stop();
  }
});

test('the embedded gateway does before and after a change what the comparison says', async () => {
  const states = fc
    .sample(fc.tuple(randomObjects, randomObjects), 12)
    .map(([before, after]) => [placed(before, 0), placed(after, 0)] as const);
  let shown = 0;
  for (const [before, after] of states) {
    const changes = compareAccess(before, after).changes.filter(({ kind, caller }) => kind !== 'altered' && caller.issuer === undefined);
    const gateways = await Promise.all([before, after].map((cluster) => startLiveEmbedded(translate(cluster), async () => nobody)));
    for (const { kind, request } of changes) {
      const access = { host: request.host, method: request.method, target: request.path, headers: {} };
      const outcomes = await Promise.all(
        gateways.map((gateway) => gateway.outcome({ access, headers: [], source: { method: request.method, target: request.path } })),
      );
      expect([request, outcomes.map(({ kind: outcome }) => outcome === 'forwarded')]).toEqual([
        request,
        [kind === 'closed', kind === 'opened'],
      ]);
      shown += 1;
    }
    await Promise.all(gateways.map((gateway) => gateway.stop()));
  }
  expect(shown).toBeGreaterThan(5);
});
