import type { Facts } from './answer-facts';
import { allot } from './allotment';
import { attribute } from './attribute';
import { calibrate, controlHolds, type EndpointCalibration } from './calibrate';
import type { ProbeOutcome } from './conclude-probe';
import { intentOfPath, type Endpoint } from './endpoint';
import { calibrationOf, isTrouble, type Calibration } from './calibration';
import { judge } from './judge';
import { borrowed, likeNeighbour } from './like-neighbour';
import { tokensFor, untriedClients, type RouteMaterial } from './materials';
import { mayRun } from './most-impact';
import { nameCache } from './name-cache';
import { profiles, type Attempt, type Probe } from './probe';
import type { ProbeTarget } from './probe-target';
import { allProbes } from './probes/all-probes';
import { garbageToken } from './probes/garbage-token';
import type { ProfileChoice } from './representatives';
import { runProbe } from './run-probe';
import { recalibrationOf, type Recalibration } from './recalibrate';
import { openSession, type RunSettings, type Session } from './session';

/** What was seen at one protected endpoint. */
export interface EndpointReport {
  readonly endpoint: Endpoint;
  readonly materials: readonly RouteMaterial[];
  readonly calibration: EndpointCalibration;
  /** Twins are attributed. */
  readonly outcomes: readonly ProbeOutcome[];
  /** For calls without effect: every one was refused exactly as at the proven neighbour. */
  readonly likeNeighbour: boolean;
  /** It was asked without effect only: a method that writes, and no consent. */
  readonly withoutEffect: boolean;
  /** The proven endpoint whose refusals it was compared with. */
  readonly neighbour?: EndpointReport;
  /** Asks the control of an issuer once more. */
  readonly holds: (issuer: string) => Promise<boolean>;
  /** True when the control failed after attacks of this endpoint: what was refused then may have been refused to anybody. */
  readonly isLost: () => boolean;
  /** True when the limit of the run kept a request of this endpoint back. */
  readonly isCut: () => boolean;
}

/** Everything that the endpoints of a run share. */
export interface EndpointContext {
  readonly settings: RunSettings;
  readonly choice: Pick<ProfileChoice, 'profileOf' | 'isAsked' | 'isPossible' | 'most'>;
  /** A proven endpoint of the same workload, for calls without effect. */
  readonly neighbourOf: (endpoint: Endpoint) => EndpointReport | undefined;
}

/** The probes that run at an endpoint, each with the most requests that it may send. */
export function probesFor(
  endpoint: Endpoint,
  { profileOf, isAsked, isPossible, most }: EndpointContext['choice'],
  withoutEffect: boolean,
): ReadonlyMap<Probe, number> {
  const profile = profileOf(endpoint);
  const probes = allProbes.filter(
    (probe) =>
      isAsked(probe, endpoint) &&
      profiles.indexOf(probe.profile) <= profiles.indexOf(profile) &&
      isFor(probe, endpoint, withoutEffect) &&
      (endpoint.intent === 'jwt' || probe.per === 'endpoint'),
  );
  return new Map(
    [...allot(probes, profile, { isPossible: (probe) => isPossible(probe, endpoint), most })].filter(([, share]) => share > 0),
  );
}

/** Garbage that is not refused in the calibration is tried as an attack in every profile. */
function probesAfter(
  { best }: EndpointCalibration,
  { endpoint, withoutEffect }: Session,
  choice: EndpointContext['choice'],
): ReadonlyMap<Probe, number> {
  const probes = probesFor(endpoint, choice, withoutEffect);
  const isOpen = !withoutEffect && judge(best.garbage, best, plainRules).kind === 'breach';
  return !isOpen || probes.has(garbageToken) || !choice.isAsked(garbageToken, endpoint) ? probes : new Map([...probes, [garbageToken, 1]]);
}

const plainRules = { refusals: [], evidence: 'any', emptyIsHarmless: false, intent: 'jwt' } as const;

function withoutConsent(probe: Probe): ProbeOutcome {
  const reason = `its impact is ${probe.impact}: needs --allow-disruptive HOST`;
  return { probe, kind: 'skipped', certain: true, reason, severity: probe.severity, variants: [] };
}

/** Beside a method that writes the others are tried too, unless an endpoint that is read at the same path tries them anyway. */
function isFor({ on = 'readable' }: Probe, { siblings, samplePath }: Endpoint, withoutEffect: boolean): boolean {
  if (on !== 'any') return (on === 'writing') === withoutEffect;
  return (
    !withoutEffect ||
    !siblings.some(({ methods, intent, matches }) => intent !== 'public' && methods.includes('GET') && matches(samplePath))
  );
}

/** Calibrates and attacks one endpoint. */
export async function runEndpoint(
  endpoint: Endpoint,
  materials: readonly RouteMaterial[],
  context: EndpointContext,
): Promise<EndpointReport> {
  const session = openSession(endpoint, context.settings);
  const proven = session.withoutEffect ? context.neighbourOf(endpoint) : undefined;
  const neighbour = proven?.calibration.best;
  const tokens = materials.map(({ route, token }) => ({ trust: route.trust, ...(token !== undefined && { token }) }));
  const calibration = session.withoutEffect ? borrowed(neighbour) : await calibrate(session, tokens, context.settings.nonce);
  const { health } = context.settings;
  if (calibration.heldUp) health.sign(endpoint.host, calibration.heldUp);
  const like = { all: neighbour !== undefined };
  const recalibration = recalibrationOf(session, calibration, context.settings.nonce);
  const windows = new Set<number>();
  const outcomes: ProbeOutcome[] = [];
  const hardest = context.settings.mostImpact(endpoint.host);
  for (const [probe, most] of isSilent(calibration.best, session) ? [] : probesAfter(calibration, session, context.choice)) {
    if (!mayRun(probe, hardest)) {
      outcomes.push(withoutConsent(probe));
      continue;
    }
    for (const material of placesOf(probe, materials, calibration)) {
      const target = targetOf({ session, calibration, recalibration, material, context, windows, most });
      outcomes.push(await runProbe(probe, session.withoutEffect ? await aside(probe, target, { proven, like, context }) : target));
    }
  }
  const holds = async (issuer: string): Promise<boolean> => {
    const own = calibration.byIssuer.get(issuer);
    const token = tokens.find(({ trust }) => trust.issuer === issuer);
    return own !== undefined && controlHolds(session, own, token ?? {});
  };
  return {
    endpoint,
    materials,
    calibration,
    outcomes: nameCache(attribute(outcomes), calibration.best),
    withoutEffect: session.withoutEffect,
    likeNeighbour: like.all && outcomes.some(({ probe, kind }) => probe.core && kind === 'refused'),
    ...(proven && { neighbour: proven }),
    holds,
    isLost: () => [...windows].some((window) => health.isLost(endpoint.host, window)),
    isCut: session.isCut,
  };
}

/** Nobody got an answer, or everybody got an error of the server: attacks would only show that again. */
function isSilent({ none, garbage, control }: Calibration, { withoutEffect }: Session): boolean {
  const isSilence = none.kind === 'failure' && garbage.kind === 'failure';
  return !withoutEffect && (isSilence || (control === 'broken' && isTrouble(none) && isTrouble(garbage)));
}

/** A probe per issuer runs for each; others once, with the issuer whose control proved most. */
function placesOf(
  probe: Probe,
  materials: readonly RouteMaterial[],
  { byIssuer, best }: EndpointCalibration,
): readonly (RouteMaterial | undefined)[] {
  if (probe.per === 'issuer') return materials;
  return [materials.find(({ route }) => byIssuer.get(route.trust.issuer) === best) ?? materials[0]];
}

interface Place {
  readonly session: Session;
  readonly calibration: EndpointCalibration;
  readonly recalibration: Recalibration;
  readonly material: RouteMaterial | undefined;
  readonly context: EndpointContext;
  /** Filled with the windows of the attacks. */
  readonly windows: Set<number>;
  readonly most: number;
}

function targetOf({ session, calibration, recalibration, material, context, windows, most }: Place): ProbeTarget {
  const { health } = context.settings;
  const { host } = session.endpoint;
  const trust = material?.route.trust;
  return {
    session,
    calibration: (trust && calibration.byIssuer.get(trust.issuer)) ?? calibration.best,
    ...(!session.withoutEffect && { recalibration }),
    route: { ...(trust && { trust }), ...(material?.token !== undefined && { token: material.token }) },
    most,
    tokensFor: (attempt: Attempt) => tokensFor(attempt, material),
    untried: ({ credential }: Attempt) => (credential.kind === 'denied' ? untriedClients(material) : []),
    host: {
      sign: (why) => health.sign(host, why),
      well: () => health.well(host),
      rechecked: (held) => health.rechecked(host, held),
      attacked(heldUp) {
        const { window, isDue } = health.attacked(host, heldUp);
        windows.add(window);
        return isDue;
      },
    },
  };
}

interface Beside {
  readonly proven: EndpointReport | undefined;
  readonly like: { all: boolean };
  readonly context: EndpointContext;
}

/** What differs for an endpoint that may not be called as it is meant: other references, and never a call that writes as the control. */
async function aside(probe: Probe, target: ProbeTarget, { proven, like, context }: Beside): Promise<ProbeTarget> {
  const { session } = target;
  const path = `/kyma-guard-${context.settings.nonce}`;
  const ask = async (): Promise<Facts> =>
    (await session.ask({ variant: 'an unknown path', credential: { kind: 'none' }, method: 'GET', path })).facts;
  const control = async (): Promise<boolean> => {
    if (proven) return (await Promise.all([...proven.calibration.byIssuer.keys()].map((issuer) => proven.holds(issuer)))).some(Boolean);
    const facts = await ask();
    return facts.kind === 'answer' && facts.status < 500;
  };
  if (probe.on !== 'any') return { ...target, control, judgeInstead: likeNeighbour(proven, like) };
  const facts = await ask();
  const isUnknown = ['none', 'public'].includes(intentOfPath(session.endpoint, 'GET', path));
  const calibration = calibrationOf({ good: [], none: facts, garbage: facts, ...(isUnknown && { unknown: facts }), marked: false });
  return { ...target, control, calibration };
}
