import type { Facts } from './answer-facts';
import type { EndpointCalibration, TokenOfRoute } from './calibrate';
import { calibrationOf, type Calibration } from './calibration';
import { isLike } from './likeness';
import type { Attempt } from './probe';
import type { Session } from './session';

/**
 * The calls that everything is compared with, made once more where an attack seems to get through: a router that was busy at first would make
 * a breach of every answer that it gives later. Each is asked for once per endpoint, however many attacks want to know.
 */
export interface Recalibration {
  /** What an unknown path gets now, twice where that is not what it got at first; nothing where there is no unknown path. */
  unknowns(): Promise<readonly Facts[]>;
  /** What the good token of an issuer gets now; undefined where it gets nothing that could be compared. */
  good(route: Partial<TokenOfRoute>): Promise<Calibration | undefined>;
}

const good: Attempt = { variant: 'control', credential: { kind: 'valid' } };

/** Nothing is sent until something is asked for. @param nonce of the unknown path */
export function recalibrationOf(session: Session, calibration: EndpointCalibration, nonce: string): Recalibration {
  let unknowns: Promise<readonly Facts[]> | undefined;
  const goods = new Map<string, Promise<Calibration | undefined>>();
  return {
    unknowns() {
      unknowns ??= askUnknown(session, calibration.best.unknown, nonce);
      return unknowns;
    },
    good({ trust, token }) {
      const first = trust && calibration.byIssuer.get(trust.issuer);
      if (!first || token === undefined) return Promise.resolve(undefined);
      const known = goods.get(trust.issuer) ?? askGood(session, first, { trust, token });
      goods.set(trust.issuer, known);
      return known;
    },
  };
}

async function askUnknown(session: Session, first: Facts | undefined, nonce: string): Promise<readonly Facts[]> {
  if (!first) return [];
  const ask = async (): Promise<Facts> =>
    (await session.ask({ variant: 'an unknown path', credential: { kind: 'none' }, path: `/kyma-guard-${nonce}` })).facts;
  const second = await ask();
  const isAsBefore = first.kind === 'answer' && second.kind === 'answer' && isLike(first, second);
  return isAsBefore ? [second] : [second, await ask()];
}

async function askGood(session: Session, first: Calibration, { trust, token }: TokenOfRoute): Promise<Calibration | undefined> {
  const { none, garbage, unknown, marked } = first;
  const { status } = session.endpoint.hints;
  const answers = [(await session.ask(good, token, trust)).facts, (await session.ask(good, token, trust)).facts];
  const now = calibrationOf({
    ...{ none, garbage, marked, good: answers },
    ...(unknown && { unknown }),
    ...(status !== undefined && { expectedStatus: status }),
  });
  return now.control === 'proven' || now.control === 'open' ? now : undefined;
}
