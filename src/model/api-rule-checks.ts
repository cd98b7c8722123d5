import { ruleMethods } from './api-rule';
import { attributeFailure } from './controller/controller-words';
import { hostProblems } from './controller/host-problems';
import { pathConflictProblems } from './controller/path-conflict-problems';
import { pathFormProblems } from './controller/path-form-problems';
import { serviceMissingProblems, serviceProblems } from './controller/service-problems';
import { jwtProblems, jwtsDifferProblems } from './jwt-checks';
import { formatJsonPath, isJsonObject, type JsonObject, type JsonPath, type JsonValue } from './json';
import { listAt, objectAt, objectsAt, textOf } from './json-fields';
import { isDnsLabel, isDnsSubdomain } from './names';
import type { Problem } from './problem';
import { bareRuleOrderProblems, ruleOrderProblems } from './rule-order-checks';

/** Longest value of a label. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const labelLimit = 63;

/**
 * Finds what makes an APIRule v2 fail at the API server or in its controller, rules that no request could ever match, and rules that another
 * one opens.
 */
export function apiRuleProblems(body: JsonObject): Problem[] {
  return withOrder(apiRuleFaults(body), () => ruleOrderProblems(body));
}

/** As {@link apiRuleProblems}, without what only a search over the requests of all rules can find. */
export function apiRuleFaults(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  if (Object.keys(spec).length === 0) return emptySpecProblems(spec);
  const rules = objectsAt(spec, 'rules');
  return [
    ...metadataProblems(objectAt(body, 'metadata')),
    ...hostProblems(spec),
    ...serviceProblems(spec['service'], ['spec', 'service']),
    ...timeoutProblems(spec['timeout'], ['spec', 'timeout']),
    ...corsProblems(objectAt(spec, 'corsPolicy')),
    ...(rules.length === 0 ? [noRulesProblem()] : []),
    ...rules.flatMap(([rule, index]) => ruleProblems(rule, ['spec', 'rules', index], isJsonObject(spec['service']))),
    ...pathConflictProblems(spec),
    ...jwtsDifferProblems(spec),
  ];
}

/**
 * Finds what is wrong with paths, methods and order of rules, which is known before anybody knows their issuers.
 * @param rules as in an APIRule v2; of `jwt` only its presence counts
 */
export function rulePathProblems(rules: readonly JsonObject[]): Problem[] {
  const spec: JsonObject = { rules: [...rules] };
  const problems = [
    ...objectsAt(spec, 'rules').flatMap(([rule, index]) => [
      ...pathFormProblems(textOf(rule['path']), ['spec', 'rules', index, 'path']),
      ...methodProblems(listAt(rule, 'methods').map(textOf), ['spec', 'rules', index, 'methods']),
    ]),
    ...pathConflictProblems(spec),
  ];
  return withOrder(problems, () => bareRuleOrderProblems(rules));
}

/**
 * Order is judged when each rule is right by itself; a broken path would only be reported twice. A rule that an earlier one takes everything
 * from is told once: the words of the controller, which may call the same a conflict, go with it.
 */
function withOrder(problems: readonly Problem[], inOrder: () => readonly Problem[]): Problem[] {
  if (problems.some(({ id }) => id !== 'api-rule-path-conflict')) return [...problems];
  const wordsOf = new Map(problems.map(({ path, says }) => [path[2], says]));
  const order = inOrder().map((problem): Problem => {
    const says = wordsOf.get(problem.path[2]);
    return { ...problem, ...(problem.id === 'api-rule-shadowed' && says !== undefined && { says }) };
  });
  const shadowed = new Set(order.flatMap(({ id, path }) => (id === 'api-rule-shadowed' ? [path[2]] : [])));
  return [...problems.filter(({ path }) => !shadowed.has(path[2])), ...order];
}

const emptySpecGuide = 'https://kyma-project.io/#/api-gateway/user/troubleshooting-guides/03-70-empty-apirule-spec';

/** Beside an empty spec the controller looks at nothing else. */
function emptySpecProblems(spec: JsonObject): Problem[] {
  const words = `APIRule in version v2alpha1 contains an empty spec. To troubleshoot, see ${emptySpecGuide}.`;
  const empty: Problem = {
    id: 'api-rule-spec',
    path: ['spec'],
    message: 'is empty; give hosts, gateway, service and rules',
    says: attributeFailure('.spec', words),
  };
  return [empty, ...hostProblems(spec).filter(({ id }) => id === 'api-rule-gateway')];
}

function noRulesProblem(): Problem {
  return {
    id: 'api-rule-rules',
    path: ['spec', 'rules'],
    message: 'has no rule',
    says: attributeFailure('.spec.rules', 'No rules defined'),
  };
}

function metadataProblems({ name, namespace }: JsonObject): Problem[] {
  const problems: Problem[] = [];
  if (!isDnsSubdomain(textOf(name)) || textOf(name).length > labelLimit) {
    const message = `"${textOf(name)}" cannot label the Istio objects of the APIRule; give a-z, 0-9 and "-", at most ${labelLimit} characters`;
    problems.push({ id: 'api-rule-name', path: ['metadata', 'name'], message });
  }
  if (namespace !== undefined && !isDnsLabel(textOf(namespace))) {
    problems.push({ id: 'api-rule-name', path: ['metadata', 'namespace'], message: `"${textOf(namespace)}" is no namespace name` });
  }
  return problems;
}

function timeoutProblems(timeout: JsonValue | undefined, path: JsonPath): Problem[] {
  if (timeout === undefined || isWholeNumber(timeout, 1, 3900)) return [];
  return [{ id: 'api-rule-timeout', path, message: `is ${textOf(timeout)}; give whole seconds from 1 to 3900` }];
}

function isWholeNumber(value: JsonValue | undefined, least: number, most: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
}

function corsProblems(cors: JsonObject): Problem[] {
  const path = ['spec', 'corsPolicy'];
  const origins = objectsAt(cors, 'allowOrigins');
  const problems = origins.flatMap(([origin, index]): Problem[] => {
    const [kind, ...more] = Object.keys(origin);
    const known = kind === 'exact' || kind === 'prefix' || kind === 'regex';
    const message = 'needs exactly one of exact, prefix and regex; the controller reads anything else as a prefix';
    return known && more.length === 0 ? [] : [{ id: 'api-rule-cors', path: [...path, 'allowOrigins', index], message }];
  });
  if (Object.keys(cors).length > 0 && origins.length === 0) {
    problems.push({ id: 'api-rule-cors', path: [...path, 'allowOrigins'], message: 'is empty, so the controller drops the whole policy' });
  }
  if (
    cors['allowCredentials'] === true &&
    origins.some(([origin]) => origin['prefix'] === '' || origin['regex'] === '.*' || origin['exact'] === '*')
  ) {
    const message = 'admits every origin together with credentials, so any page may call with the visitor’s cookies';
    problems.push({ id: 'api-rule-cors', path: [...path, 'allowOrigins'], message, fix: 'name the origins' });
  }
  if (cors['maxAge'] !== undefined && !isWholeNumber(cors['maxAge'], 1, Number.MAX_SAFE_INTEGER)) {
    problems.push({ id: 'api-rule-cors', path: [...path, 'maxAge'], message: `is ${textOf(cors['maxAge'])}; give whole seconds from 1` });
  }
  return problems;
}

function ruleProblems(rule: JsonObject, path: JsonPath, hasService: boolean): Problem[] {
  const { jwt, extAuth } = rule;
  const strategies = [isGiven(jwt), isGiven(extAuth), rule['noAuth'] === true].filter(Boolean);
  const restrictions = isJsonObject(extAuth) ? extAuth['restrictions'] : undefined;
  const extAuthPath = [...path, 'extAuth'];
  return [
    ...pathFormProblems(textOf(rule['path']), [...path, 'path']),
    ...methodProblems(listAt(rule, 'methods').map(textOf), [...path, 'methods']),
    ...serviceProblems(rule['service'], [...path, 'service']),
    ...timeoutProblems(rule['timeout'], [...path, 'timeout']),
    ...(strategies.length === 1 ? [] : [{ id: 'api-rule-access', path, message: 'needs exactly one of jwt, extAuth and noAuth: true' }]),
    ...serviceMissingProblems(rule, path, hasService),
    ...(isJsonObject(jwt) ? jwtProblems(jwt, [...path, 'jwt']) : []),
    ...(isJsonObject(restrictions) ? jwtProblems(restrictions, [...extAuthPath, 'restrictions'], `.${formatJsonPath(extAuthPath)}`) : []),
  ];
}

/** A field that is null is one that is not there. */
function isGiven(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}

function methodProblems(methods: readonly string[], path: JsonPath): Problem[] {
  if (methods.length === 0) return [{ id: 'api-rule-methods', path, message: 'is empty; name at least one method' }];
  return methods.flatMap((method, index): Problem[] => {
    if (ruleMethods.some((known) => known === method)) return [];
    return [{ id: 'api-rule-methods', path: [...path, index], message: `"${method}" is unknown; give some of ${ruleMethods.join(', ')}` }];
  });
}
