import { decodeToken } from '../../src/token/decode';
import { createSigningKey, type SigningKey } from '../../src/token/sign';
import type { VerbOutcome } from '../../src/model/verb-outcome';
import type { VerifyOptions } from '../../src/verify/verify-input';
import { startGateway, type Change } from '../gateways/gateway';
import { startIssuer } from '../gateways/issuer';
import { readClaims } from '../gateways/token-verifier';
import { byId, verifyAt } from '../support/verify-deployment';

let key: SigningKey;
beforeAll(async () => void (key = await createSigningKey()));
afterEach(() => jest.restoreAllMocks());

interface Run {
  readonly outcome: VerbOutcome;
  /** Clients in the order in which they asked for tokens. */
  readonly asked: readonly string[];
}

/** Issuer, gateway and tool share a clock that goes on by 100 ms with every request at the gateway. */
async function run(
  lifeSeconds: number,
  change: Change = () => ({}),
  mayAsk: (count: number) => boolean = () => true,
  options: VerifyOptions = {},
): Promise<Run> {
  const clock = { ms: 1_800_000_000_000 };
  jest.spyOn(Date, 'now').mockImplementation(() => clock.ms);
  const asked: string[] = [];
  const onToken = (client: string): void => {
    asked.push(client);
    if (!mayAsk(asked.length)) throw new Error('down');
  };
  const issuer = await startIssuer(key, { lifeSeconds, onToken, onIssued: (token) => signatures.add(signatureOf(token)) });
  const tick: Change = (sound) => ({
    normalize(path) {
      clock.ms += 100;
      return sound.normalize(path);
    },
  });
  const gateway = await startGateway(issuer, tick, change);
  try {
    return { outcome: await verifyAt(gateway.url, issuer, { concurrency: 1, ...options }), asked };
  } finally {
    await Promise.all([gateway.close(), issuer.close()]);
  }
}

/** Signatures of all tokens that were issued. */
const signatures = new Set<string>();
const signatureOf = (token: string): string => decodeToken(token)?.segments.signature ?? '';

/** Takes any signature of the issuer, whatever stands before it. */
const takesForeignSignatures: Change = (_, issuer) => ({
  verify: async (token) => (signatures.has(signatureOf(token)) ? readClaims(token, issuer) : undefined),
});

function verdicts({ results }: VerbOutcome): string[] {
  return results.map(({ id, status, severity, route, message }) => [id, status, severity, route?.method, message].join(' '));
}

const withoutAddress = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/127\.0\.0\.1:\d+/g, 'ISSUER'));

test.each<[string, Change, string[]]>([
  ['a sound gateway', () => ({}), []],
  ['a gateway that takes any scope', () => ({ authorize: () => true }), ['denied-client', 'protected', 'wrong-audience', 'wrong-scope']],
  ['a gateway that takes the signature of another token', takesForeignSignatures, ['protected', 'tampered-payload']],
])('tokens that last two seconds change nothing about the verdict on %s', async (_, change, fails) => {
  const [lasting, short] = [await run(600, change), await run(2, change)];
  expect(withoutAddress(verdicts(short.outcome))).toEqual(withoutAddress(verdicts(lasting.outcome)));
  expect([...new Set(short.outcome.results.filter(({ status }) => status === 'fail').map(({ id }) => id))].sort()).toEqual(fails);
  expect([...lasting.asked].sort()).toEqual(['good', 'stranger']);
  expect(short.asked.filter((client) => client === 'good').length).toBeGreaterThan(3);
});

test('a token that ends and has no successor leaves the claim open: what is forged from it would be refused for its age alone', async () => {
  const { outcome } = await run(
    2,
    () => ({}),
    (count) => count <= 2,
  );
  expect(outcome.undecided).toBe(true);
  expect(byId(outcome, 'protected').map(({ status }) => status)).toEqual(['error', 'error']);
  expect(byId(outcome, 'tampered-payload').filter(({ status }) => status === 'pass')).toEqual([]);
});

test('a change that is watched for longer than a token lasts raises no alarm for it', async () => {
  const { outcome, asked } = await run(
    2,
    () => ({}),
    () => true,
    { watchMs: 6000, rate: 1000, only: ['GET orders.example.test/orders'] },
  );
  expect(byId(outcome, 'watch-valid').map(({ status }) => status)).toEqual(['pass']);
  expect(asked.filter((client) => client === 'good').length).toBeGreaterThan(3);
});
