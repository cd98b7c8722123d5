import type { RequestListener } from 'node:http';
import { exitCodeOf } from '../../src/cli/exit-code';
import type { Deployment } from '../gateways/deployment';
import { listenerOf, type Change } from '../gateways/gateway';
import { soundGateways } from '../gateways/sound-gateways';
import { weakTokens } from '../gateways/weak-tokens';
import { serve } from '../support/http-server';
import { createDeploymentKeys, host, raisedBy, verifyDeployment, type DeploymentKeys } from '../support/verify-deployment';

let keys: DeploymentKeys;
beforeAll(async () => {
  keys = await createDeploymentKeys();
});

const page = '<html><title>Maintenance</title><p>We will be back soon</p></html>';

/** What a router says in place of the gateway while it is busy, starting or being configured. */
const odd: Readonly<Record<string, RequestListener>> = {
  'an error page': (_, response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>Bad Gateway</h1></html>'),
  'a closed connection': ({ socket }) => socket.destroy(),
  'a page with 200': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page),
  'a page with 403': (_, response) => response.writeHead(403, { 'content-type': 'text/html' }).end('<html>Blocked</html>'),
  'nothing with 404': (_, response) => response.writeHead(404).end(),
};

const kinds = Object.keys(odd);

/** A smoke run over one route, all of whose requests go out in turn. In the usual test run a fifth of them have their odd answer. */
const run = { only: [`GET ${host}/orders`], profile: 'smoke', concurrency: 1 } as const;
const calls = Array.from({ length: 25 }, (_, i) => i + 1);
const whole = process.env['KILL_MATRIX'] === 'whole';

function usual(calls: readonly number[], from: number): readonly number[] {
  return whole ? calls : calls.filter((call) => call % 5 === from % 5);
}

/** The deployment, whose call number `oddCall` gets an answer that is not its own. */
function once({ gateway = [] }: { readonly gateway?: readonly Change[] }, kind: string, oddCall: number): Deployment {
  return {
    name: `with ${kind} once`,
    start(issuer) {
      const listener = listenerOf(issuer, gateway);
      let count = 0;
      return serve((request, response) => {
        count += 1;
        (count === oddCall ? odd[kind]! : listener)(request, response);
      });
    },
  };
}

const named = (list: readonly Deployment[], names: readonly string[]): readonly Deployment[] =>
  list.filter(({ name }) => names.some((start) => name.startsWith(start)));
const soundOnes = named(soundGateways, [
  'in the manner of Istio',
  'that answers with its single-page',
  'that hides everything',
  'that redirects strangers to its login',
]);
const weakOnes = named(weakTokens, ['that only checks tokens which are there']);

describe.each(kinds)('%s in the place of one answer', (kind) => {
  test.each(soundOnes)('makes no breach of a sound gateway $name, whichever answer it is', async (deployment) => {
    for (const call of usual(calls, kinds.indexOf(kind) + soundOnes.indexOf(deployment))) {
      const outcome = await verifyDeployment(once(deployment, kind, call), keys, run);
      const alarms = outcome.results.filter(({ status }) => status === 'fail').map(({ id, reason }) => `${id}: ${reason}`);
      expect([call, alarms]).toEqual([call, []]);
    }
  });

  test.each(weakOnes)('proves nothing of a gateway $name', async (deployment) => {
    for (const call of usual(calls, kinds.indexOf(kind) + weakOnes.indexOf(deployment))) {
      const outcome = await verifyDeployment(once(deployment, kind, call), keys, run);
      expect([call, exitCodeOf(outcome)]).not.toEqual([call, 0]);
    }
  });
});

test.each(named(weakTokens, ['that lets a call pass when its verifier throws', 'that takes any three words with dots']))(
  'garbage that got through before the attacks is an attack in a smoke run too: a gateway $name',
  async (deployment) => {
    const outcome = await verifyDeployment(deployment, keys, run);
    expect(raisedBy(outcome)).toEqual(['closed-to-anonymous', 'garbage-token', 'protected']);
  },
);

test('a finer attack that got through once, and was refused when it was made again, proves nothing', async () => {
  let isFirst = true;
  const deployment: Deployment = {
    name: 'that trusts an address once',
    start(issuer) {
      const listener = listenerOf(issuer, []);
      return serve((request, response) => {
        if (request.headers['x-forwarded-for'] === undefined || !isFirst) return listener(request, response);
        isFirst = false;
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"balance":4711}');
      });
    },
  };
  const outcome = await verifyDeployment(deployment, keys, { ...run, profile: 'standard' });
  expect([exitCodeOf(outcome), isFirst]).toEqual([3, false]);
  const undecided = outcome.results.filter(({ status }) => status === 'error');
  expect(undecided.map(({ id, message }) => `${id}: ${message}`)).toEqual([
    expect.stringMatching(/^closed-to-anonymous: undecided: client-address got no clear answer .*but not each time/),
    expect.stringMatching(/^protected: undecided: client-address got no clear answer .*but not each time/),
  ]);
});
