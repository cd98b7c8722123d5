import type { Authentication } from '../../model/api-rule';
import { calibrate, controlAnswer, type EndpointCalibration } from '../calibrate';
import { describeAnswer } from '../describe-answer';
import type { Endpoint } from '../endpoint';
import { judge } from '../judge';
import type { RouteMaterial } from '../materials';
import type { Attempt } from '../probe';
import { openSession, type RunSettings, type Session } from '../session';
import { withoutText, type Facts } from '../answer-facts';
import { count, newTally, type Tally } from './incidents';

/** What was seen of a route while it was watched. */
export interface WatchedRoute {
  readonly endpoint: Endpoint;
  /** Absent for public endpoints. */
  readonly trust?: Authentication;
  readonly calibration?: EndpointCalibration;
  /** Anonymous calls of a closed endpoint; they must not get in. */
  readonly anonymous: Tally;
  /** Calls with a good token, or of a public endpoint; they must get in. */
  readonly valid: Tally;
}

/** How a watch runs. */
export interface WatchPace {
  readonly durationMs: number;
  /** Calls started per second, all routes of a host together, each host apart. */
  readonly ratePerSecond: number;
  /** Calls under way at once, each host apart. */
  readonly concurrency: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal?: AbortSignal;
  /** Told after every call. */
  readonly onCall: (seconds: number, wrong: number) => void;
}

/** A watch that is over. */
export interface Watched {
  readonly routes: readonly WatchedRoute[];
  readonly startedAt: number;
  readonly endedAt: number;
  /** True when the limit of the run ended it. */
  readonly isCut: boolean;
}

type Call = () => Promise<void>;

interface Prepared {
  readonly session: Session;
  readonly routes: readonly WatchedRoute[];
  readonly calls: readonly Call[];
}

/** Each call has a connection of its own, as that of a new caller; one that breaks is not asked again. */
const nobody: Attempt = { variant: 'watch without a token', credential: { kind: 'none' }, fresh: true };

/**
 * Polls every endpoint through a change: an anonymous call, then one with each good token, in turn and at an even rate, until the time is
 * over or the run is stopped. Nothing is repeated: each single call counts.
 */
export async function watch(
  places: readonly { readonly endpoint: Endpoint; readonly materials: readonly RouteMaterial[]; readonly settings: RunSettings }[],
  pace: WatchPace,
): Promise<Watched> {
  const prepared: Prepared[] = [];
  for (const { endpoint, materials, settings } of places)
    prepared.push(await routesOf(openSession(endpoint, settings), materials, settings, pace));
  const routes = prepared.flatMap((one) => one.routes);
  const startedAt = pace.now();
  const isCut = (): boolean => prepared.some(({ session }) => session.isCut());
  const wrong = (): number => routes.reduce((sum, { anonymous, valid }) => sum + anonymous.wrong + valid.wrong, 0);
  const turn: Turn = {
    ...{ startedAt, isOver: () => pace.now() >= startedAt + pace.durationMs || pace.signal?.aborted === true || isCut() },
    onCall: () => pace.onCall((pace.now() - startedAt) / 1000, wrong()),
  };
  const hosts = [...new Set(prepared.map(({ session }) => session.endpoint.host))];
  const callsOf = (host: string): Call[] => prepared.flatMap(({ session, calls }) => (session.endpoint.host === host ? calls : []));
  await Promise.all(hosts.map((host) => poll(callsOf(host), pace, turn)));
  return { routes, startedAt, endedAt: pace.now(), isCut: isCut() };
}

interface Turn {
  readonly startedAt: number;
  readonly isOver: () => boolean;
  readonly onCall: () => void;
}

/** The calls of one host, one after the other at the rate. */
async function poll(calls: readonly Call[], { ratePerSecond, concurrency, now, signal }: WatchPace, turn: Turn): Promise<void> {
  const running = new Set<Promise<void>>();
  const gapMs = 1000 / ratePerSecond;
  for (let i = 0; calls.length > 0; i += 1) {
    await sleep(turn.startedAt + i * gapMs - now(), signal);
    if (running.size >= concurrency) await Promise.race(running);
    if (turn.isOver()) break;
    const call = calls[i % calls.length]?.() ?? Promise.resolve();
    const done: Promise<void> = call.then(() => {
      running.delete(done);
      turn.onCall();
    });
    running.add(done);
  }
  await Promise.all(running);
}

async function routesOf(session: Session, materials: readonly RouteMaterial[], settings: RunSettings, pace: WatchPace): Promise<Prepared> {
  const { endpoint } = session;
  if (endpoint.intent === 'public') return publicRoute(session, pace);
  const tokens = materials.map(({ route, token }) => ({ trust: route.trust, ...(token !== undefined && { token }) }));
  const calibration = await calibrate(session, tokens, settings.nonce);
  const anonymous = newTally();
  const toldOfNobody = (facts: Facts): Told => {
    const verdict = judge(facts, calibration.best, { refusals: [], evidence: 'any', emptyIsHarmless: false, intent: 'jwt' });
    return told({ facts, holds: verdict.kind !== 'breach' });
  };
  const first = toldOfNobody(calibration.best.none);
  if (!first.isOver) count(anonymous, pace.now(), first.answered, first.wrong);
  const base = { endpoint, calibration, anonymous };
  const routes = tokens.map(({ trust }) => ({ ...base, trust, valid: newTally() }));
  const calls = tokens.flatMap((route, i): Call[] => {
    const own = calibration.byIssuer.get(route.trust.issuer);
    const valid = routes[i]?.valid;
    if (!own || !valid || route.token === undefined) return [];
    return [counted(valid, pace, async () => told(await controlAnswer(session, own, route)))];
  });
  const watchNobody = counted(anonymous, pace, async () => toldOfNobody((await session.ask(nobody)).facts));
  return { session, routes: routes.length > 0 ? routes : [{ ...base, valid: newTally() }], calls: [watchNobody, ...calls] };
}

/** A public endpoint is to go on answering as it did at first. */
async function publicRoute(session: Session, pace: WatchPace): Promise<Prepared> {
  const { facts: first } = await session.ask(nobody);
  const valid = newTally();
  const call = counted(valid, pace, async () => {
    const { facts } = await session.ask(nobody);
    const holds =
      facts.kind === 'answer' && (first.kind === 'answer' && first.status < 400 ? facts.status === first.status : facts.status < 400);
    return told({ facts, holds });
  });
  return { session, routes: [{ endpoint: session.endpoint, anonymous: newTally(), valid }], calls: [call] };
}

interface Told {
  readonly answered: boolean;
  readonly isOver: boolean;
  readonly wrong?: string;
}

/** What got in, or was turned away with a good token, shows no text. */
function told({ facts, holds }: { readonly facts: Facts; readonly holds: boolean }): Told {
  const isOver = facts.kind === 'failure' && (facts.reason === 'aborted' || facts.reason === 'budget');
  return { answered: facts.kind === 'answer', isOver, ...(!holds && { wrong: describeAnswer(withoutText(facts)) }) };
}

/** Counts a call in the second in which it began; what the end of the watch cut off counts for nothing. */
function counted(tally: Tally, { now }: WatchPace, ask: () => Promise<Told>): Call {
  return async () => {
    const at = now();
    const { answered, isOver, wrong } = await ask();
    if (!isOver) count(tally, at, answered, wrong);
  };
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms <= 0 || signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal?.addEventListener('abort', wake, { once: true });
  });
}
