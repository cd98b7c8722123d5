import type { CheckResult } from '../model/check-result';
import { NothingFoundError } from '../model/errors';
import type { JsonObject } from '../model/json';
import { toPlainJson } from '../model/plain-json';
import { printIstio } from '../model/print-istio';
import { isApiRule } from '../model/read-api-rules';
import type { VerbOutcome } from '../model/verb-outcome';
import { changeResults, explainChanges } from './against/explain-changes';
import type { Answer, StatusLine } from './answer';
import { closingPolicy } from './close/deny-policy';
import type { ExplainInput, ExplainOptions, Question } from './explain-input';
import { liveResults } from './findings/all-findings';
import type { LiveInput } from './findings/finding';
import { servicesWithoutSidecar } from './findings/pod-without-sidecar';
import { inOrder } from './in-order';
import type { ApiRuleStatus } from './live/api-rule-status';
import { isIstioObject } from './live/owner';
import { stateMatrix } from './matrix/state-matrix';
import { explainRequest, requestOf } from './request/explain-request';
import { orUnknown } from './request/or-unknown';
import { requestResults } from './request/request-results';
import { readState, type State } from './state';

export type { ExplainInput, ExplainOptions, Question, RequestQuestion } from './explain-input';
export type { Answer, StatusLine } from './answer';
export type { MarkdownWriter } from './text/markdown';
export { answerMarkdown, answerText } from './text/answer-text';
export { explainReference, type ExplainCheck } from './findings/reference';

/** The outcome of `explain`, and the answer itself for those who show it. */
export interface ExplainOutcome extends VerbOutcome {
  readonly answer: Answer;
}

/**
 * Says who may call what, why a request ends as it does, what Kyma will create, or what a change opens. Opens no socket and writes nothing.
 *
 * @throws {NothingFoundError} ERR_NOTHING_FOUND when the input holds neither an APIRule nor an Istio object
 * @throws {UsageError} ERR_USAGE when a question cannot be understood, or has no answer
 */
export function runExplain({ manifests, question = { kind: 'matrix' }, options = {} }: ExplainInput): ExplainOutcome {
  const asked = question.kind === 'against' ? [...question.before, ...manifests] : manifests;
  if (!asked.some((manifest) => isApiRule(manifest) || isIstioObject(manifest)))
    throw new NothingFoundError('there is no APIRule and no Istio object among the manifests');
  const state = readState(manifests, options);
  const { answer, results, undecided } = answerTo(question, state, options);
  const judged = question.kind === 'against' || options.failOn !== undefined;
  const all = inOrder([...state.problems, ...results]);
  return {
    answer,
    results: all,
    data: dataOf(answer),
    undecided: undecided ?? (judged && all.some(({ status }) => status === 'error')),
  };
}

interface Answered {
  readonly answer: Answer;
  readonly results: readonly CheckResult[];
  readonly undecided?: boolean;
}

function answerTo(question: Question, state: State, options: ExplainOptions): Answered {
  const { cluster, objects, missing, refused } = state;
  switch (question.kind) {
    case 'matrix': {
      const input = liveInput(state);
      const own = new Set(state.manifests);
      return {
        answer: {
          kind: 'matrix',
          matrix: stateMatrix(state, servicesWithoutSidecar(input)),
          apiRules: state.statuses.filter(({ manifest }) => own.has(manifest)).map(statusLine),
          missing,
        },
        results: liveResults(input, options.failOn),
      };
    }
    case 'istio':
      return { answer: { kind: 'istio', objects: printIstio(cluster) }, results: [] };
    case 'request': {
      const decision = orUnknown(explainRequest(cluster, objects, question), requestOf(question).host, refused);
      return {
        answer: { kind: 'request', decision, missing },
        results: requestResults(decision, options.failOn),
        undecided: decision.verdict === 'unknown',
      };
    }
    case 'close':
      return { answer: { kind: 'close', policy: closingPolicy(cluster, objects, question.line, refused) }, results: [] };
    case 'against': {
      const changes = explainChanges(readState(question.before, options), state);
      const results = changeResults(changes, question.failOnOpen);
      return { answer: { kind: 'against', changes }, results, undecided: question.failOnOpen && !changes.complete };
    }
  }
}

function liveInput(state: State): LiveInput {
  return { ...state, manifests: [...state.manifests, ...state.context], reported: state.manifests };
}

function statusLine({ apiRule, state, description, lastReconcile, lastChange, origin }: ApiRuleStatus): StatusLine {
  return {
    ...{ apiRule, state },
    ...(description !== undefined && { description }),
    ...(lastReconcile !== undefined && { lastReconcile }),
    ...(lastChange && { lastChange }),
    ...(origin && { origin }),
  };
}

function dataOf(answer: Answer): JsonObject {
  switch (answer.kind) {
    case 'matrix':
      return {
        matrix: toPlainJson(answer.matrix.hosts),
        ...(answer.apiRules.length > 0 && { apiRules: toPlainJson(answer.apiRules) }),
        ...notesOf(answer.missing),
      };
    case 'istio':
      return { istio: answer.objects.map(({ object }) => object) };
    case 'request':
      return { decision: toPlainJson(answer.decision), ...notesOf(answer.missing) };
    case 'close':
      return { policy: answer.policy.object, remarks: [...answer.policy.remarks] };
    case 'against':
      return {
        changes: toPlainJson(answer.changes.changes),
        complete: answer.changes.complete,
        open: answer.changes.open.map(({ text }) => text),
      };
  }
}

/** What the input lacks, where reports look for notes. */
function notesOf(missing: readonly string[]): JsonObject {
  return missing.length > 0 ? { notes: [...missing] } : {};
}
