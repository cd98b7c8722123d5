import type { Attempt, Probe, Seen } from '../probe';

function inspect({ status }: Seen): string | undefined {
  return status === 101 ? 'the connection was switched to another protocol' : undefined;
}

function upgrade(variant: string, headers: NonNullable<Attempt['headers']>): Attempt {
  return { variant, credential: { kind: 'none' }, over: 'bytes', intent: 'none', headers };
}

/** A server that speaks HTTP/2 in clear text switches to it for everybody, and then asks for a token. */
const overH2: Attempt = { variant: 'HTTP/2 from the start', credential: { kind: 'none' }, over: 'h2' };

const webSocket: NonNullable<Attempt['headers']> = [
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', 'a3ltYS1ndWFyZC1wcm9iZQ=='],
];

export const protocolUpgrade: Probe = {
  id: 'protocol-upgrade',
  family: 'routing',
  title: 'A request to switch the protocol',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [
    upgrade('websocket', [['Connection', 'Upgrade'], ...webSocket]),
    upgrade('websocket, without Connection', webSocket),
    {
      ...upgrade('h2c', [
        ['Connection', 'Upgrade, HTTP2-Settings'],
        ['Upgrade', 'h2c'],
        ['HTTP2-Settings', 'AAMAAABkAARAAAAAAAIAAAAA'],
      ]),
      usual: overH2,
    },
    { ...upgrade('h2c, without Connection', [['Upgrade', 'h2c']]), usual: overH2 },
    upgrade('a protocol that nobody knows', [
      ['Connection', 'Upgrade'],
      ['Upgrade', 'kyma-guard'],
    ]),
  ],
  budget: { smoke: 0, standard: 0, full: 5 },
  refusals: [426, 501],
  twins: ['no-token'],
  inspect,
  breach: 'A request to upgrade passes by the check, and behind it the connection belongs to whoever opened it.',
  fix: 'Check the token before an upgrade is forwarded, allow websocket only where it is meant, and never forward h2c.',
  refs: ['RFC 9110 section 7.8', 'CVE-2025-64763', 'CWE-444'],
};
