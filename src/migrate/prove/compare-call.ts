import type { Decision } from '../../model/access';
import type { Caller } from '../../model/search/caller';
import { fullMatch } from '../../model/linear-regex';
import type { Findings } from './findings';
import { oldHostAt } from './old/old-model';
import type { OldDecision } from './old/simulate-old';
import type { ProofSettings, RequestClass } from './proof';
import type { Sides } from './sides';

/** What both states made of one request. */
export interface Outcome {
  readonly before: OldDecision;
  readonly after: Decision;
}

/** A host, methods that nothing tells apart, and a path. */
export interface Call {
  readonly host: string;
  readonly methods: readonly string[];
  readonly path: string;
  readonly sides: Sides;
  readonly settings: ProofSettings;
  /** What old rules made of a caller on the path, method by method. */
  readonly before: (caller: Caller) => readonly OldDecision[];
}

/** A caller, with the outcomes of its requests: one for each place where its token may stand. */
export interface CallerOutcomes {
  readonly caller: Caller;
  readonly outcomes: readonly Outcome[];
}

/** Notes what callers lose and win on one path. */
export function judgeCall(call: Call, callers: readonly CallerOutcomes[], findings: Findings): void {
  // What anybody loses or wins is not told again for holders of tokens, nor what an issuer loses for each form of its tokens.
  const told = new Set<string>();
  // Where anybody got in without a token, who was refused with one could have left it out.
  const wasOpen = callers.some(({ caller, outcomes }) => isAnonymous(caller) && outcomes.some(entered));
  for (const { caller, outcomes } of callers) {
    const won = wasOpen ? undefined : openedBy(call, caller, outcomes, findings);
    if (won) {
      findings.add(openingOf(call, caller, won), findingOf(call, caller, won));
      if (isAnonymous(caller)) return;
    }
    for (const outcome of outcomes) {
      const kind = changeOf(call, caller, outcome, findings);
      if (!kind) continue;
      const text = `${kind} ${outcomeOf(outcome.after)}`;
      if (told.has(text) || told.has(`${text} ${caller.issuer ?? ''}`)) continue;
      told.add(isAnonymous(caller) ? text : `${text} ${caller.issuer ?? ''}`);
      findings.add(kind, findingOf(call, caller, outcome));
    }
  }
}

function isAnonymous({ issuer, headers }: Caller): boolean {
  return issuer === undefined && Object.keys(headers).length === 0;
}

/** The outcome that shows that a caller gets in who did not before, wherever the token stood. */
function openedBy(call: Call, caller: Caller, outcomes: readonly Outcome[], findings: Findings): Outcome | undefined {
  if (outcomes.some(entered)) return undefined;
  const won = outcomes.find(({ before, after }) => after.verdict === 'forward' || (isAsked(after) && isShut(call, caller, before)));
  if (!won) return undefined;
  const untold = outcomes.find(({ before }) => before.verdict === 'unknown');
  if (!untold) return won;
  findings.leaveOpen(`${nameOf(call)}: ${untold.before.missing ?? ''}`);
  return undefined;
}

/** True when no old rule could let anybody in; for OPTIONS, which joins other methods, when none could with any of them. */
function isShut(call: Call, caller: Caller, before: OldDecision): boolean {
  const decisions = isPreflightOnly(call) ? call.before(caller) : [before];
  return decisions.every(({ verdict, status, nobody }) => verdict === 'deny' && (status === 404 || nobody === true));
}

function isPreflightOnly({ methods }: Call): boolean {
  return methods.every((method) => method === 'OPTIONS');
}

function entered({ before }: Outcome): boolean {
  return before.verdict === 'forward';
}

function changeOf(
  call: Call,
  caller: Caller,
  { before, after }: Outcome,
  findings: Findings,
): 'closed' | 'odd' | 'moved' | 'delegated' | undefined {
  if (after.verdict === 'unknown' && !isAsked(after)) findings.leaveOpen(`${nameOf(call)}: ${after.missing ?? ''}`);
  const mayEnter = before.verdict === 'forward' || before.verdict === 'unknown';
  if (isAsked(after)) return mayEnter || !isShut(call, caller, before) ? 'delegated' : undefined;
  if (!mayEnter) return undefined;
  if (after.verdict === 'forward') return before.verdict === 'forward' && placeOf(before) !== placeOf(after) ? 'moved' : undefined;
  if (after.verdict !== 'deny') return undefined;
  return isOdd(call.path) ? 'odd' : 'closed';
}

/** A bracket, or a percent sign that begins no escape. */
function isOdd(path: string): boolean {
  return /[[\]]|%(?![0-9a-fA-F]{2})/.test(path);
}

/**
 * Whether an opening is one. The gateway answers preflights only where a rule takes OPTIONS, so that OPTIONS joins the methods of a rule: who was let
 * in on the path with another method may now send that as well.
 */
function openingOf(call: Call, caller: Caller, outcome: Outcome): 'opened' | 'widened' | 'preflight' {
  if (isAllowed(call, outcome)) return 'widened';
  return isPreflightOnly(call) && call.before(caller).some(({ verdict }) => verdict === 'forward') ? 'preflight' : 'opened';
}

/** True when the user allows the path to widen that the new rule comes from, and no old rule took the path. */
function isAllowed({ path, host, sides, settings }: Call, { after }: Outcome): boolean {
  const origin = after.route?.origin;
  const translation = origin && sides.translations.get(origin.apiRule);
  const old = translation?.old.rules[translation.origins[origin?.rule ?? -1] ?? -1];
  if (!old || !settings.allowWidening(old.path)) return false;
  const known = oldHostAt(sides.old, host);
  return known !== undefined && ![...known.routes, ...known.checks].some(({ expression }) => fullMatch(expression)?.(path) ?? false);
}

function findingOf({ host, methods, path }: Call, caller: Caller, { before, after }: Outcome): RequestClass {
  const newRule = after.route?.origin;
  return {
    ...{ host, methods, path, caller },
    ...(before.rule && { oldRule: before.rule }),
    ...(newRule && { newRule }),
    before: outcomeOf(before),
    after: outcomeOf(after),
  };
}

/** What a client sees, in words that follow "it". */
function outcomeOf(decision: Decision | OldDecision): string {
  const { verdict, status, missing = '' } = decision;
  if (verdict === 'forward') return `reaches ${placeOf(decision)}`;
  if (verdict === 'unknown') return `is a matter of ${missing.replace(/^unknown because | is not in the input$/g, '')}`;
  return verdict === 'answer' ? 'is answered by the gateway' : `is refused with ${status}`;
}

function placeOf({ destination }: Pick<Decision, 'destination'>): string {
  return destination ? `${destination.namespace}/${destination.service}:${destination.port}` : '';
}

/** True where an external authorizer has the last word. */
function isAsked({ verdict, why }: Decision): boolean {
  return verdict === 'unknown' && why.at(-1)?.stage === 'custom';
}

function nameOf({ host, methods, path }: Call): string {
  return `${methods[0] ?? ''} https://${host}${path}`;
}
