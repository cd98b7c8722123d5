import type { Authentication } from '../model/api-rule';
import type { Facts } from './answer-facts';
import { intentOfPath } from './endpoint';
import type { Sign } from './host-health';
import { calibrationOf, isTrouble, type Calibration } from './calibration';
import { judge } from './judge';
import { calibrationGarbage, type Attempt } from './probe';
import type { Exchange, Session } from './session';

/** An issuer of the rule with its good token, if there is one. */
export interface TokenOfRoute {
  readonly trust: Authentication;
  readonly token?: string;
}

/** Calibrations of an endpoint: one per issuer, and the best of them for what needs no issuer. */
export interface EndpointCalibration {
  readonly byIssuer: ReadonlyMap<string, Calibration>;
  readonly best: Calibration;
  /** Neither the anonymous call nor garbage got an answer that could be judged. */
  readonly heldUp?: Sign;
}

const nobody: Attempt = { variant: 'calibration without a token', credential: { kind: 'none' } };
const rubbish: Attempt = { variant: 'calibration with garbage', credential: { kind: 'text', text: calibrationGarbage } };
const good: Attempt = { variant: 'control', credential: { kind: 'valid' } };

/** Collects the answers that everything is compared with. The anonymous call comes first: a cache must not answer it from a good one. */
export async function calibrate(session: Session, routes: readonly TokenOfRoute[], nonce: string): Promise<EndpointCalibration> {
  const { endpoint } = session;
  const { hints } = endpoint;
  const first = await session.ask(nobody);
  const second = await session.ask(rubbish, calibrationGarbage, routes[0]?.trust);
  const isDead = leadsNowhere(first.facts) && leadsNowhere(second.facts);
  const isDown = isDead || (isTrouble(first.facts) && isTrouble(second.facts));
  const again = (facts: Facts, ask: () => Promise<Exchange>): Promise<Facts> => (isDown ? Promise.resolve(facts) : askedAgain(facts, ask));
  const [none, garbage] = [
    await again(first.facts, () => session.ask(nobody)),
    await again(second.facts, () => session.ask(rubbish, calibrationGarbage, routes[0]?.trust)),
  ];
  const unknownPath = `/kyma-guard-${nonce}`;
  const stranger = (): Promise<Exchange> => session.ask({ ...nobody, path: unknownPath });
  const unknown = isDead ? none : await askedAgain((await stranger()).facts, stranger);
  const shared = {
    none,
    garbage,
    // A protected catch-all leaves no unknown path: its answer is one more refusal, or one more leak.
    ...(['jwt', 'external'].includes(intentOfPath(endpoint, endpoint.method, unknownPath)) ? {} : { unknown }),
    marked: hints.marker !== undefined && hints.marker !== '',
    ...(hints.status !== undefined && { expectedStatus: hints.status }),
  };
  const byIssuer = new Map<string, Calibration>();
  for (const { trust: issuer, token } of routes)
    byIssuer.set(
      issuer.issuer,
      calibrationOf({ ...shared, good: isDead && token !== undefined ? [none] : await goodAnswers(session, issuer, token) }),
    );
  const silent = none.kind === 'failure' && garbage.kind === 'failure' && none.reason !== 'budget' && garbage.reason !== 'budget';
  const heldUp = silent ? 'stopped answering' : second.heldUp && first.heldUp;
  const best = bestOf([...byIssuer.values()]) ?? calibrationOf({ ...shared, good: [] });
  return { byIssuer, best, ...(heldUp && { heldUp }) };
}

/**
 * Everything is compared with these answers: where the target answers at all, one call that got none, or an error of the server, is made once
 * more. Still before the good ones, so that no cache answers it from them.
 */
async function askedAgain(facts: Facts, ask: () => Promise<Exchange>): Promise<Facts> {
  return isTrouble(facts) && !isOver(facts) ? (await ask()).facts : facts;
}

/** Where nothing answers at all, further calls would only take as long. */
function leadsNowhere(facts: Facts): boolean {
  return facts.kind === 'failure' && ['timeout', 'refused', 'dns', 'tls'].includes(facts.reason);
}

/** Two answers. Where one is of another kind than the other, a third says which of them was an exception. */
async function goodAnswers(session: Session, trust: Authentication, token: string | undefined): Promise<readonly Facts[]> {
  if (token === undefined || session.withoutEffect) return [];
  const ask = async (): Promise<Facts> => (await session.ask(good, token, trust)).facts;
  const [first, second] = [await ask(), await ask()];
  if (areOfOneKind(first, second) || (isTrouble(first) && isTrouble(second)) || isOver(second)) return [first, second];
  const third = await ask();
  const pair = [first, second].find((one) => areOfOneKind(one, third));
  return pair ? [pair, third] : [first, second];
}

function areOfOneKind(one: Facts, other: Facts): boolean {
  return one.kind === 'answer' && other.kind === 'answer' && one.status === other.status && one.form === other.form;
}

/** The limit of the run keeps every further request back as well. */
function isOver(facts: Facts): boolean {
  return facts.kind === 'failure' && facts.reason === 'budget';
}

/** True when the good token still gets what it got at first; without one, when the anonymous call is still answered as at first. */
export async function controlHolds(session: Session, calibration: Calibration, route: Partial<TokenOfRoute>): Promise<boolean> {
  return (await controlFault(session, calibration, route)) === undefined;
}

/** What is wrong with the control now; undefined when it holds. */
export async function controlFault(session: Session, calibration: Calibration, route: Partial<TokenOfRoute>): Promise<Sign | undefined> {
  return faultOf(await askControl(session, calibration, route), calibration);
}

/** The answer to the control over a connection of its own, which nothing repeats, and whether it is what it was at first. */
export async function controlAnswer(
  session: Session,
  calibration: Calibration,
  route: Partial<TokenOfRoute>,
): Promise<{ facts: Facts; holds: boolean }> {
  const exchange = await askControl(session, calibration, { ...route, fresh: true });
  return { facts: exchange.facts, holds: faultOf(exchange, calibration) === undefined };
}

function askControl(
  session: Session,
  calibration: Calibration,
  { trust, token, fresh = false }: Partial<TokenOfRoute> & { readonly fresh?: boolean },
): Promise<Exchange> {
  const isKnown = calibration.good.length > 0 && token !== undefined;
  return isKnown ? session.ask({ ...good, fresh }, token, trust) : session.ask({ ...nobody, fresh });
}

function faultOf({ facts, heldUp }: Exchange, calibration: Calibration): Sign | undefined {
  const first = calibration.good[0];
  if (facts.kind === 'failure') return 'stopped answering';
  const gone = heldUp ?? (facts.status >= 500 ? 'stopped answering' : 'refuses the good token since the attacks began');
  if (!first) return calibration.none.kind === 'answer' && facts.status === calibration.none.status ? undefined : gone;
  const verdict = judge(facts, calibration, { refusals: [], evidence: 'control', emptyIsHarmless: false, intent: 'jwt' });
  return verdict.kind === 'breach' || facts.status === first.status ? undefined : gone;
}

function bestOf(calibrations: readonly Calibration[]): Calibration | undefined {
  const order: readonly Calibration['control'][] = [
    'proven',
    'open',
    'indistinct',
    'unmarked',
    'unexpected',
    'uncompared',
    'refused',
    'broken',
    'missing',
  ];
  return [...calibrations].sort((a, b) => order.indexOf(a.control) - order.indexOf(b.control))[0];
}
