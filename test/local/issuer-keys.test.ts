import { createServer } from 'node:http';
import { createSender, type Sender } from '../../src/http/sender';
import { createIssuerKeys } from '../../src/local/issuer-keys';
import { closeServer, listen } from '../../src/local/listen';

const issuer = 'https://id.example.com';
const state = { kids: ['one'], asked: 0, down: false };
const server = createServer((request, response) => {
  state.asked += 1;
  if (state.down) request.socket.destroy();
  else response.end(JSON.stringify({ keys: state.kids.map((kid) => ({ kty: 'RSA', kid })) }));
});
let at = '';
let sender: Sender;

beforeAll(async () => {
  at = await listen(server);
  sender = createSender({ userAgent: 'test', runId: 'test' });
});

beforeEach(() => Object.assign(state, { kids: ['one'], asked: 0, down: false }));

afterAll(async () => {
  sender.close();
  await closeServer(server);
});

function keysWithClock(): { kids: (kid?: string, from?: string) => Promise<unknown>; pass: (ms: number) => void } {
  let clock = 0;
  const keys = createIssuerKeys(sender, [{ issuer, jwksUri: `${issuer}/certs`, at }], () => clock);
  const kids = async (kid?: string, from = issuer): Promise<unknown> => (await keys.of(from, kid))?.map((key) => key['kid']);
  return { kids, pass: (ms) => (clock += ms) };
}

describe('keys of issuers', () => {
  it('are fetched once for many tokens at once, and kept', async () => {
    const { kids, pass } = keysWithClock();
    await Promise.all([kids('one'), kids('one'), kids('one')]);
    pass(299_000);
    expect([await kids('one'), state.asked]).toEqual([['one'], 1]);
  });

  it('are fetched again for a key id that is not known, and after five minutes', async () => {
    const { kids, pass } = keysWithClock();
    await kids('one');
    state.kids = ['two'];
    pass(1000);
    expect(await kids('two')).toEqual(['two']);
    pass(300_001);
    expect([await kids('two'), state.asked]).toEqual([['two'], 3]);
  });

  it('are not asked for more than once a second, whatever key ids come', async () => {
    const { kids, pass } = keysWithClock();
    for (let i = 0; i < 50; i += 1) await kids(`made-up-${i}`);
    pass(999);
    await kids('made-up');
    expect(state.asked).toBe(1);
  });

  it('stay in use while the issuer is down, and come when it is back', async () => {
    const { kids, pass } = keysWithClock();
    state.down = true;
    expect(await kids('one')).toEqual([]);
    Object.assign(state, { down: false });
    pass(1000);
    expect(await kids('one')).toEqual(['one']);
    state.down = true;
    pass(400_000);
    expect(await kids('one')).toEqual(['one']);
  });

  it('of an issuer that nobody trusts are not asked for', async () => {
    expect([await keysWithClock().kids('one', 'https://evil.example'), state.asked]).toEqual([undefined, 0]);
  });
});
