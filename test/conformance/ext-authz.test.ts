import { serve, type RunningServer } from '../support/http-server';
import { apiRule, call, jwt, nowhere, open, rbac, reach, refusedToken, rule, service } from './case-parts';
import { placeCase, type CaseRequest } from './conformance-case';
import { envoyProgram, startLiveEnvoy } from './live-envoy';
import { modelOutcome, outcomeText } from './outcome';
import { mintTokens, type MintedTokens } from './token-recipes';

let tokens: MintedTokens;
let authorizer: RunningServer;
let program: string | undefined;

beforeAll(async () => {
  tokens = await mintTokens();
  program = await envoyProgram();
  authorizer = await serve((request, response) => {
    const allowed = request.url?.includes('allowed') === true;
    response.writeHead(allowed ? 200 : 403).end(allowed ? '' : 'not by the authorizer');
  });
});
afterAll(() => authorizer.close());

const ask = (authorizers: string[], restrictions?: object) =>
  ({ extAuth: { authorizers, ...(restrictions && { restrictions }) } }) as never;
const notBy = '403 "not by the authorizer"';

async function said(rules: Parameters<typeof apiRule>[0], requests: readonly CaseRequest[]): Promise<{ envoy: string[]; model: string[] }> {
  const placed = placeCase({ name: '', manifests: [service(), apiRule(rules)], requests }, 'c0', tokens.texts);
  const model = await Promise.all(placed.requests.map(({ access }) => modelOutcome(placed.objects, access, tokens.factOf)));
  const envoy = await startLiveEnvoy(placed.objects, { keysOf: tokens.keysOf, authorizers: { one: authorizer.url, two: authorizer.url } });
  try {
    const outcomes = await Promise.all(placed.requests.map((request) => envoy.outcome(request)));
    return { envoy: outcomes.map(outcomeText), model: model.map(outcomeText) };
  } finally {
    await envoy.stop();
  }
}

test('confirmed: a rule for everything that asks an authorizer asks it for a public root path, too', async () => {
  if (program === undefined) return;
  const answers = await said(
    [rule('GET /', open), rule('GET /*', ask(['one']))],
    [call('GET /'), call('GET /allowed'), call('POST /allowed')],
  );
  expect(answers.envoy).toEqual([notBy, reach('/allowed'), nowhere]);
  expect(answers.model).toEqual(['unknown', 'unknown', nowhere]);
});

test('refuted: tokens are looked at before the authorizer is asked; Istio asks it first', async () => {
  if (program === undefined) return;
  const rules = [rule('GET /{**}', ask(['one'], (jwt(['a']) as { jwt: object }).jwt))];
  const answers = await said(rules, [
    call('GET /x', 'foreign'),
    call('GET /allowed', 'foreign'),
    call('GET /allowed'),
    call('GET /allowed', 'a'),
  ]);
  expect(answers.envoy).toEqual([notBy, refusedToken('Jwt verification fails'), rbac, reach('/allowed')]);
});

test('a workload with two authorizers is closed where they are meant', async () => {
  if (program === undefined) return;
  const answers = await said([rule('GET /open', open), rule('GET /{**}', ask(['one', 'two']))], [call('GET /open'), call('GET /allowed')]);
  expect(answers.envoy).toEqual([reach('/open'), rbac]);
});
