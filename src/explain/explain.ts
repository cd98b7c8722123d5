import type { CheckResult, Severity } from '../model/check-result';
import { clusterOf, type Cluster } from '../model/cluster';
import { NothingFoundError } from '../model/errors';
import type { IstioObjects } from '../model/istio';
import type { JsonObject } from '../model/json';
import type { Manifest } from '../model/manifest';
import { toPlainJson } from '../model/plain-json';
import { printIstio } from '../model/print-istio';
import { isApiRule } from '../model/read-api-rules';
import { translate } from '../model/translate';
import type { VerbOutcome } from '../model/verb-outcome';
import { changeResults, explainChanges } from './against/explain-changes';
import type { Answer, StatusLine } from './answer';
import { closingPolicy } from './close/deny-policy';
import type { ExplainInput, ExplainOptions, Question } from './explain-input';
import { liveResults, statusFor } from './findings/all-findings';
import { apiRuleStatuses, type ApiRuleStatus } from './live/api-rule-status';
import { liveCluster } from './live/live-cluster';
import { servicesWithoutSidecar } from './findings/pod-without-sidecar';
import { isIstioObject } from './live/owner';
import { buildMatrix } from './matrix/build-matrix';
import { requestResults } from './request/request-results';
import { explainRequest } from './request/explain-request';

export type { ExplainInput, ExplainOptions, Question, RequestQuestion } from './explain-input';
export type { Answer, StatusLine } from './answer';
export type { MarkdownWriter } from './text/markdown';
export { answerMarkdown, answerText } from './text/answer-text';
export { liveChecks } from './findings/all-findings';

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
  const all = question.kind === 'against' ? [...question.before, ...manifests] : manifests;
  if (!all.some((manifest) => isApiRule(manifest) || isIstioObject(manifest)))
    throw new NothingFoundError('there is no APIRule and no Istio object among the manifests');
  const state = readState(manifests, options);
  const { answer, results, undecided } = answerTo(question, state, options);
  const judged = question.kind === 'against' || options.failOn !== undefined;
  return {
    answer,
    results: [...state.problems, ...results],
    data: dataOf(answer),
    undecided: undecided ?? (judged && [...state.problems, ...results].some(({ status }) => status === 'error')),
  };
}

/** One state of a cluster, as it is or as it would be. */
interface State {
  readonly manifests: readonly Manifest[];
  readonly cluster: Cluster;
  readonly objects: IstioObjects;
  readonly statuses: readonly ApiRuleStatus[];
  readonly missing: readonly string[];
  readonly problems: readonly CheckResult[];
}

function readState(manifests: readonly Manifest[], { domain, failOn }: ExplainOptions): State {
  const read = clusterOf(manifests, domain === undefined ? {} : { domain });
  const statuses = apiRuleStatuses(manifests);
  const { cluster, missing } = liveCluster(read.cluster, manifests, statuses);
  const problems = toldOnce(read.problems, statuses).map((problem) => mild(problem, failOn));
  return { manifests, cluster, objects: translate(cluster), statuses, missing, problems };
}

/** An APIRule of v1beta1 that shows no rules is a finding of its own, not one of a wrong form. */
function toldOnce(problems: readonly CheckResult[], statuses: readonly ApiRuleStatus[]): CheckResult[] {
  const old = new Set(statuses.filter(({ origin }) => origin !== undefined).map(({ apiRule }) => `APIRule ${apiRule}`));
  return problems.filter(({ id, where }) => id !== 'api-rule-form' || !old.has(where.object ?? ''));
}

/** What is wrong with the input is shown; it fails only from the threshold on. */
function mild(problem: CheckResult, failOn: Severity | undefined): CheckResult {
  return problem.status === 'fail' ? { ...problem, status: statusFor(problem.severity, failOn) } : problem;
}

interface Answered {
  readonly answer: Answer;
  readonly results: readonly CheckResult[];
  readonly undecided?: boolean;
}

function answerTo(question: Question, state: State, options: ExplainOptions): Answered {
  const { cluster, objects, missing } = state;
  switch (question.kind) {
    case 'matrix':
      return {
        answer: {
          kind: 'matrix',
          matrix: buildMatrix(cluster, objects, servicesWithoutSidecar(state)),
          apiRules: state.statuses.map(statusLine),
          missing,
        },
        results: liveResults(state, options.failOn),
      };
    case 'istio':
      return { answer: { kind: 'istio', objects: printIstio(cluster) }, results: [] };
    case 'request': {
      const decision = explainRequest(cluster, objects, question);
      return {
        answer: { kind: 'request', decision, missing },
        results: requestResults(decision, options.failOn),
        undecided: decision.verdict === 'unknown',
      };
    }
    case 'close':
      return { answer: { kind: 'close', policy: closingPolicy(cluster, objects, question.line) }, results: [] };
    case 'against': {
      const before = readState(question.before, options);
      const changes = explainChanges(before.cluster, cluster);
      const results = changeResults(changes, question.failOnOpen);
      return { answer: { kind: 'against', changes }, results, undecided: question.failOnOpen && !changes.complete };
    }
  }
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
      return { changes: toPlainJson(answer.changes.changes), complete: answer.changes.complete, open: [...answer.changes.open] };
  }
}

/** What the input lacks, where reports look for notes. */
function notesOf(missing: readonly string[]): JsonObject {
  return missing.length > 0 ? { notes: [...missing] } : {};
}
