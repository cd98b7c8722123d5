import type { Sender } from '../http/sender';
import type { Authentication } from '../model/api-rule';
import { factsOf, withoutText, type Facts } from './answer-facts';
import { isWriting, type Endpoint } from './endpoint';
import type { HostHealth } from './host-health';
import type { Attempt } from './probe';
import { requestOf } from './request-of';

/** One request with its answer, as far as it may be kept. */
export interface Exchange {
  readonly facts: Facts;
  /** Headers of the answer; lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly line: string;
  readonly curl: string;
}

/** What every request of a run shares. */
export interface RunSettings {
  readonly sender: Sender;
  readonly health: HostHealth;
  readonly baseOf: (host: string) => string;
  /** True when calls to this host may write as the rule means them. */
  readonly mayWrite: (host: string) => boolean;
  /** Random part for names that must not exist. */
  readonly nonce: string;
  /** Called after every answer. */
  readonly onRequest: () => void;
}

/** Asks one endpoint. */
export interface Session {
  readonly endpoint: Endpoint;
  /** True when the endpoint is asked only without effect: empty bodies, random ids. */
  readonly withoutEffect: boolean;
  ask(attempt: Attempt, token?: string, trust?: Authentication): Promise<Exchange>;
}

/** What is said to the holder of a valid token is not for the report, not even a refusal. */
const valid = new Set<Attempt['credential']['kind']>(['valid', 'denied']);

/** Opens a session; nothing is sent yet. */
export function openSession(endpoint: Endpoint, settings: RunSettings): Session {
  const { sender, health, nonce } = settings;
  const base = settings.baseOf(endpoint.host);
  const mayWrite = settings.mayWrite(endpoint.host);
  return {
    endpoint,
    withoutEffect: isWriting(endpoint.method) && !mayWrite,
    async ask(attempt, token, trust) {
      const { outgoing, line, curl } = requestOf({
        endpoint,
        attempt,
        mayWrite,
        base,
        nonce,
        ...(token !== undefined && { token }),
        ...(trust && { trust }),
      });
      if (health.isStopped(endpoint.host))
        return { facts: { kind: 'failure', reason: 'aborted', message: 'nothing more is sent to this host' }, headers: {}, line, curl };
      const answer = await sender.send(outgoing);
      if (answer.kind === 'answer') health.answered(endpoint.host);
      settings.onRequest();
      const facts = factsOf(answer, outgoing.method, endpoint.hints.marker);
      return {
        facts: valid.has(attempt.credential.kind) ? withoutText(facts) : facts,
        headers: answer.kind === 'answer' ? answer.headers : {},
        line,
        curl,
      };
    },
  };
}
