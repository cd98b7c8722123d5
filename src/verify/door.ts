import type { Handshake } from '../http/handshake';
import type { Facts } from './answer-facts';
import type { CurlCall } from './curl';
import type { Verdict } from './judge';
import type { Attempt, Door } from './probe';

/** Longest wait at another way in, in milliseconds: a firewall that drops is the rule there. */
export const doorTimeoutMs = 3000;

/** Where a door of a target is, and how TLS is opened there. A text says why the target has no such door. */
export function doorOf(door: Door, base: string): { readonly base: string; readonly handshake?: Handshake } | string {
  const url = new URL(base);
  if (url.protocol !== 'https:') return 'the target is asked without TLS as it is';
  if (door.kind === 'tls') {
    const { kind: _, ...handshake } = door;
    return { base, handshake };
  }
  if (door.port === 'usual' && url.port !== '') return 'the target has a port of its own; what listens at port 80 is another server';
  return { base: `http://${url.hostname}:${door.port === 'usual' ? 80 : url.port || 443}${url.pathname.replace(/\/$/, '')}` };
}

/** Why nothing can be said of a door; undefined when it was answered or is closed. */
export function unseenDoor({ door }: Attempt, facts: Facts): string | undefined {
  if (!door || facts.kind === 'answer') return undefined;
  return ['timeout', 'proxy', 'dns'].includes(facts.reason) ? `nothing is heard there (${facts.reason})` : undefined;
}

/** A door behind which nobody speaks HTTP is closed; undefined leaves the answer to be judged as any other. */
export function doorVerdict({ door }: Attempt, facts: Facts): Verdict | undefined {
  const isClosed = door !== undefined && facts.kind === 'failure' && ['refused', 'reset', 'tls', 'protocol'].includes(facts.reason);
  return isClosed ? { kind: 'refused', certain: true, reason: 'that way in is closed' } : undefined;
}

/** How `curl` opens the door. It takes the name for TLS from the URL, and asks for none where that holds an address. */
export function curlThrough(call: CurlCall, { kind, ...handshake }: Door): CurlCall {
  if (kind === 'plain') return call;
  const { version, ciphers, serverName } = handshake as Handshake;
  const url = new URL(call.url);
  const elsewhere = serverName === undefined ? [] : ['--connect-to', `::${url.hostname}:${url.port || 443}`];
  if (serverName !== undefined) url.hostname = serverName === '' ? '192.0.2.1' : serverName;
  const own = (call.options ?? []).filter((word) => word !== '-k');
  const versions = version === undefined ? [] : ['--tls-max', version === 'TLSv1' ? '1.0' : '1.1', '--ciphers', 'DEFAULT@SECLEVEL=0'];
  const weak = ciphers === undefined ? [] : ['--tls-max', '1.2', '--ciphers', `${ciphers}@SECLEVEL=0`];
  return { ...call, url: url.href, options: ['-k', ...(own.length > 0 ? own : elsewhere), ...versions, ...weak] };
}
