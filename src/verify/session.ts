import type { Answer, OutgoingRequest, Sender } from '../http/sender';
import type { Authentication } from '../model/api-rule';
import { factsOf, withoutText, type Facts } from './answer-facts';
import { doorOf, unseenDoor } from './door';
import { isWriting, type Endpoint } from './endpoint';
import type { FreshTokens } from './fresh-tokens';
import type { HostHealth, Sign } from './host-health';
import type { Calibration } from './calibration';
import { cookiesOf } from './cookies';
import { nothingMore } from './stopped-hosts';
import type { Attempt, Impact, Probe, Seen } from './probe';
import { hasRandomPath, requestOf } from './request-of';

/** One request with its answer, as far as it may be kept. */
export interface Exchange {
  readonly facts: Facts;
  readonly line: () => string;
  readonly curl: () => string;
  /** The target throttles, drops, or answers as slowly as it may. */
  readonly heldUp?: Sign;
  /** What the probe saw in it for itself. */
  readonly inspected?: string;
  /** Why the attack could not even begin. */
  readonly idle?: string;
}

/** What goes with one question. */
export interface Asking {
  /** The good token, for requests that go out before. */
  readonly good?: string;
  readonly inspect?: Probe['inspect'];
  /** What `inspect` compares with. */
  readonly calibration?: Calibration;
}

/** What every request of a run shares. */
export interface RunSettings {
  readonly sender: Sender;
  readonly health: HostHealth;
  readonly baseOf: (host: string) => string;
  /** True when calls to this host may write as the rule means them. */
  readonly mayWrite: (host: string) => boolean;
  /** The hardest impact that there is consent for. */
  readonly mostImpact: (host: string) => Impact;
  /** Random part for names that must not exist. */
  readonly nonce: string;
  /** When a request is given up, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** Any certificate of targets is taken. @default false */
  readonly insecureTls?: boolean;
  /** Called after every answer. */
  readonly onRequest: () => void;
  /** Renews good tokens that end during the run. @default - they last */
  readonly fresh?: FreshTokens;
}

/** Asks one endpoint. */
export interface Session {
  readonly endpoint: Endpoint;
  /** True when the endpoint is asked only without effect: empty bodies, random ids. */
  readonly withoutEffect: boolean;
  /** True from the first request on that the limit of the run kept back: what is missing then says nothing about the target. */
  readonly isCut: () => boolean;
  /** Without consent a call that writes goes out only where it can have no effect, and none after the first that was not refused. */
  maySend(attempt: Attempt): boolean;
  /** True for a call that writes without consent: it is never repeated. */
  isOnce(attempt: Attempt): boolean;
  /** A call that writes was not refused: no other may follow. */
  stopWriting(): void;
  ask(attempt: Attempt, token?: string, trust?: Authentication, asking?: Asking): Promise<Exchange>;
}

/** What is said to the holder of a valid token is not for the report, not even a refusal. */
const valid = new Set<Attempt['credential']['kind']>(['valid', 'denied', 'neighbour', 'ended', 'id-token']);

/** Methods that need no consent beside one that writes. */
const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Opens a session; nothing is sent yet. */
export function openSession(endpoint: Endpoint, settings: RunSettings): Session {
  const { sender, health, nonce } = settings;
  const base = settings.baseOf(endpoint.host);
  const mayWrite = settings.mayWrite(endpoint.host);
  const isOnce = ({ method = endpoint.method }: Attempt): boolean => !mayWrite && isWriting(method);
  const currentToken = async (token: string): Promise<string | undefined> => (settings.fresh ? settings.fresh.current(token) : token);
  let writes = true;
  let cut = false;
  return {
    endpoint,
    withoutEffect: isWriting(endpoint.method) && !mayWrite,
    isCut: () => cut,
    isOnce,
    stopWriting: () => void (writes = false),
    maySend(attempt) {
      if (!isOnce(attempt)) return mayWrite || !isWriting(endpoint.method) || reading.has(attempt.method ?? endpoint.method);
      return writes && ((attempt.method ?? endpoint.method) !== 'DELETE' || hasRandomPath(endpoint, nonce));
    },
    async ask(attempt, token, trust, { good, inspect, calibration } = {}) {
      const before = good === undefined || !attempt.before ? undefined : await currentToken(good);
      const requestWith = (sent: string | undefined): ReturnType<typeof requestOf> =>
        requestOf({
          ...{ endpoint, attempt, mayWrite, nonce, base: attempt.at === undefined ? base : settings.baseOf(attempt.at) },
          ...(sent !== undefined && { token: sent }),
          ...(before !== undefined && { good: before }),
          ...(trust && { trust }),
          ...(settings.insecureTls && { insecureTls: true }),
        });
      // What has ended is sent because it has.
      const renewed = attempt.credential.kind === 'ended' ? (text: string) => Promise.resolve(text) : currentToken;
      const sent = token === undefined ? undefined : await renewed(token);
      const { outgoing, apart, line, curl } = requestWith(sent ?? token);
      const unsent = (message: string): Exchange => ({ facts: { kind: 'failure', reason: 'aborted', message }, line, curl });
      if (health.isStopped(endpoint.host)) return unsent(nothingMore);
      const way = attempt.door && doorOf(attempt.door, base);
      if (typeof way === 'string') return { ...unsent(way), idle: way };
      if (token !== undefined && sent === undefined) return unsent('the good token has ended, and no new one can be had');
      const earlier = await sendAll(sender, apart);
      const cookies = attempt.before?.how === 'cookies' ? cookiesOf(earlier) : undefined;
      if (cookies === '') return { ...unsent('no cookie is set'), idle: 'no cookie is set' };
      let answer = await sender.send(cookies === undefined ? outgoing : withHeader(outgoing, 'Cookie', cookies));
      // It may have ended on its way: what comes after it decides.
      const later = sent !== undefined && isTurnedAway(answer) && token !== undefined ? await renewed(token) : sent;
      if (later !== undefined && later !== sent && !isOnce(attempt)) answer = await sender.send(requestWith(later).outgoing);
      cut ||= answer.kind === 'failure' && answer.reason === 'budget';
      if (answer.kind === 'answer' && !attempt.door) health.answered(endpoint.host);
      if (token !== undefined && isBadToken(attempt, answer)) health.badToken(endpoint.host);
      settings.onRequest();
      const facts = factsOf(answer, outgoing.method, endpoint.hints.marker);
      const heldUp = attempt.door ? undefined : heldUpBy(answer, settings.timeoutMs);
      const idle = unseenDoor(attempt, facts);
      const place = {
        endpoint,
        attempt,
        secure: outgoing.url.startsWith('https:'),
        earlierMs: earlier.map(({ ms }) => ms),
        badTokens: health.badTokens(endpoint.host),
      };
      return {
        facts: valid.has(attempt.credential.kind) ? withoutText(facts) : facts,
        ...{ line, curl },
        ...(inspect && calibration && facts.kind === 'answer' && look(inspect, answer, { ...place, facts, calibration })),
        ...(idle !== undefined && { idle }),
        ...(heldUp && { heldUp }),
      };
    },
  };
}

function heldUpBy(answer: Answer, timeoutMs = 10_000): Sign | undefined {
  if (answer.kind === 'failure') return answer.reason === 'timeout' ? 'stopped answering' : undefined;
  const { status, headers, truncated, ms } = answer;
  if (status === 429 || (status === 503 && headers['retry-after'] !== undefined)) return 'throttles';
  return truncated && ms >= 0.9 * timeoutMs ? 'answers too slowly to be judged' : undefined;
}

/** However the gateway refuses it: with 401, hidden behind 404, with an error under 200. Those of real clients do not count. */
function isBadToken({ credential }: Attempt, answer: Answer): boolean {
  return !valid.has(credential.kind) && answer.kind === 'answer' && answer.status < 500 && answer.status !== 429;
}

function isTurnedAway(answer: Answer): boolean {
  return answer.kind === 'answer' && (answer.status === 401 || answer.status === 403);
}

async function sendAll(sender: Sender, requests: readonly OutgoingRequest[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const request of requests) answers.push(await sender.send(request));
  return answers;
}

function withHeader(request: OutgoingRequest, name: string, value: string): OutgoingRequest {
  return { ...request, headers: [...(request.headers ?? []), [name, value]] };
}

/** The probe's own look at an answer, while the body is still there. */
function look(
  inspect: NonNullable<Probe['inspect']>,
  answer: Answer,
  place: Omit<Seen, 'status' | 'headers' | 'body' | 'text' | 'ms'>,
): Pick<Exchange, 'inspected' | 'idle'> {
  if (answer.kind === 'failure') return {};
  const { status, headers, body, ms } = answer;
  const text = status < 400 ? '' : body.subarray(0, 200).toString('utf8');
  const inspected = inspect({ ...place, status, headers, body, text, ms });
  return typeof inspected === 'object' ? inspected : inspected === undefined ? {} : { inspected };
}
