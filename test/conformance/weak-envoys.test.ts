import type { JsonObject } from '../../src/model/json';
import { clusterOf } from '../../src/model/cluster';
import { readManifests } from '../../src/model/read-manifests';
import { translate } from '../../src/model/translate';
import { publicJwks } from '../../src/token/sign';
import { startIssuer } from '../gateways/issuer';
import { serve } from '../support/http-server';
import { createDeploymentKeys, manifestFor, raisedBy, verifyAt, type DeploymentKeys } from '../support/verify-deployment';
import { envoyProgram, startLiveEnvoy } from './live-envoy';
import { soundEnvoys, weakEnvoys, type WeakEnvoy } from './weak-envoys';

/** The usual test run takes the sound ones, a few of the weak ones, and the first variants of each probe; the whole matrix takes all. */
const whole = process.env['KILL_MATRIX'] === 'whole';
const some = whole ? weakEnvoys : weakEnvoys.slice(0, 5);
const most = whole ? {} : { requestsPerRoute: 400 };

let keys: DeploymentKeys;
let program: string | undefined;

beforeAll(async () => {
  keys = await createDeploymentKeys();
  program = await envoyProgram();
  if (program === undefined) console.warn('Weak Envoys were not verified: no envoy is on the PATH or named in KYMA_GUARD_ENVOY.');
});

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function verified({ rules, change, beside }: WeakEnvoy): Promise<{ readonly raised: string[]; readonly undecided: boolean }> {
  const issuer = await startIssuer(keys.issuer);
  const workload = await serve((request, response) => {
    // A workload that resolves dots itself and knows two paths; `//host/path` is a path to it, not a host.
    const { pathname } = new URL(`http://workload${request.url ?? '/'}`);
    const known = ['/orders', '/orders/', '/healthz', '/getecptoken'].includes(decoded(pathname));
    response
      .writeHead(known ? 200 : 404, { 'content-type': 'application/json' })
      .end(known ? `{"path":"${pathname}","secret":4711}` : '{}');
  });
  const text = manifestFor(issuer, rules);
  const { manifests } = readManifests([text, ...(beside ? [JSON.stringify(beside)] : [])].join('\n---\n'), 'api-rule.yaml');
  const keySet = publicJwks([issuer.key]) as unknown as JsonObject;
  const envoy = await startLiveEnvoy(translate(clusterOf(manifests).cluster), { keysOf: () => keySet, workload: workload.url, change });
  try {
    const outcome = await verifyAt(envoy.url, issuer, { profile: 'full', ...most }, text);
    return { raised: raisedBy(outcome), undecided: outcome.undecided ?? false };
  } finally {
    await envoy.stop();
    await Promise.all([issuer.close(), workload.close()]);
  }
}

test.each([...soundEnvoys, ...some])(
  'verify before an Envoy $name ($rules rules)',
  async (envoy) => {
    if (program === undefined) return;
    expect(await verified(envoy)).toEqual({ raised: envoy.raises, undecided: envoy.undecided });
  },
  60_000,
);
