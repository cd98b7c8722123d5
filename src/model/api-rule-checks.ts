import { ruleMethods } from './api-rule';
import { jwtProblems, jwtsDifferProblems } from './jwt-checks';
import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from './json';
import { listAt, objectAt, objectsAt, textOf } from './json-fields';
import { isApiRuleHost, isDnsLabel, isGatewayName, isRfc1035Label } from './names';
import type { Problem } from './problem';
import { bareRuleOrderProblems, ruleOrderProblems } from './rule-order-checks';

/** Finds what makes an APIRule v2 fail at the API server or in its controller, and rules that no request could ever match. */
export function apiRuleProblems(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  const rules = objectsAt(spec, 'rules');
  const problems: Problem[] = [
    ...metadataProblems(objectAt(body, 'metadata')),
    ...hostProblems(spec),
    ...serviceProblems(spec['service'], ['spec', 'service']),
    ...timeoutProblems(spec['timeout'], ['spec', 'timeout']),
    ...corsProblems(objectAt(spec, 'corsPolicy')),
    ...(rules.length === 0 ? [{ id: 'api-rule-rules', path: ['spec', 'rules'], message: 'has no rule' }] : []),
    ...rules.flatMap(([rule, index]) => ruleProblems(rule, ['spec', 'rules', index], isJsonObject(spec['service']))),
    ...repeatedRuleProblems(spec),
    ...jwtsDifferProblems(spec),
  ];
  // Order is judged when each rule is right by itself; a broken path would only be reported twice.
  return problems.length > 0 ? problems : ruleOrderProblems(body);
}

/**
 * Finds what is wrong with paths, methods and order of rules, which is known before anybody knows their issuers.
 * @param rules as in an APIRule v2; of `jwt` only its presence counts
 */
export function rulePathProblems(rules: readonly JsonObject[]): Problem[] {
  const spec: JsonObject = { rules: [...rules] };
  const problems = [
    ...objectsAt(spec, 'rules').flatMap(([rule, index]) => [
      ...pathProblems(textOf(rule['path']), ['spec', 'rules', index, 'path']),
      ...methodProblems(listAt(rule, 'methods').map(textOf), ['spec', 'rules', index, 'methods']),
    ]),
    ...repeatedRuleProblems(spec),
  ];
  return problems.length > 0 ? problems : bareRuleOrderProblems(rules);
}

function metadataProblems({ name, namespace }: JsonObject): Problem[] {
  const problems: Problem[] = [];
  if (!isDnsLabel(textOf(name))) {
    const message = `"${textOf(name)}" cannot label the Istio objects of the APIRule; give a-z, 0-9 and "-", at most 63 characters`;
    problems.push({ id: 'api-rule-name', path: ['metadata', 'name'], message });
  }
  if (namespace !== undefined && !isDnsLabel(textOf(namespace))) {
    problems.push({ id: 'api-rule-name', path: ['metadata', 'namespace'], message: `"${textOf(namespace)}" is no namespace name` });
  }
  return problems;
}

function hostProblems(spec: JsonObject): Problem[] {
  const hosts = listAt(spec, 'hosts').map(textOf);
  const gateways = ['gateway', 'externalGateway'].filter((field) => spec[field] !== undefined);
  const problems: Problem[] = hosts.flatMap((host, index) => {
    const message = `"${host}" is no host; give a lower-case label, a full name, or "*." before a full name`;
    return isApiRuleHost(host) ? [] : [{ id: 'api-rule-host', path: ['spec', 'hosts', index], message }];
  });
  if (hosts.length !== 1)
    problems.push({ id: 'api-rule-host', path: ['spec', 'hosts'], message: `has ${hosts.length} hosts; give exactly one` });
  if (gateways.length !== 1)
    problems.push({ id: 'api-rule-gateway', path: ['spec'], message: 'needs exactly one of gateway and externalGateway' });
  for (const field of gateways) {
    if (isGatewayName(textOf(spec[field]))) continue;
    problems.push({ id: 'api-rule-gateway', path: ['spec', field], message: `"${textOf(spec[field])}" is not of the form namespace/name` });
  }
  return problems;
}

function serviceProblems(service: JsonValue | undefined, path: JsonPath): Problem[] {
  if (!isJsonObject(service)) return [];
  const { name, namespace, port } = service;
  const problems: Problem[] = [];
  if (!isRfc1035Label(textOf(name)))
    problems.push({ id: 'api-rule-service', path: [...path, 'name'], message: `"${textOf(name)}" is no name of a Service` });
  if (namespace !== undefined && !isDnsLabel(textOf(namespace))) {
    problems.push({ id: 'api-rule-service', path: [...path, 'namespace'], message: `"${textOf(namespace)}" is no namespace name` });
  }
  if (!isWholeNumber(port, 1, 65_535)) {
    problems.push({
      id: 'api-rule-service',
      path: [...path, 'port'],
      message: `is ${textOf(port) || 'missing'}; give a port from 1 to 65535`,
    });
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
  const strategies = [rule['jwt'] !== undefined, rule['extAuth'] !== undefined, rule['noAuth'] === true].filter(Boolean);
  const problems = [
    ...pathProblems(textOf(rule['path']), [...path, 'path']),
    ...methodProblems(listAt(rule, 'methods').map(textOf), [...path, 'methods']),
    ...serviceProblems(rule['service'], [...path, 'service']),
    ...timeoutProblems(rule['timeout'], [...path, 'timeout']),
  ];
  if (strategies.length !== 1)
    problems.push({ id: 'api-rule-access', path, message: 'needs exactly one of jwt, extAuth and noAuth: true' });
  if (!hasService && !isJsonObject(rule['service']))
    problems.push({ id: 'api-rule-service', path, message: 'has no service, nor has the APIRule' });
  if (isJsonObject(rule['jwt'])) problems.push(...jwtProblems(rule['jwt'], [...path, 'jwt']));
  return problems;
}

/** What the CRD admits. Segments start with the only `/` they have, so matching takes linear time. */
const rulePath = /^(?:(?:\/(?:[A-Za-z0-9\-._~!$&'()+,;=:@]|%[0-9a-fA-F]{2})*)|(?:\/\{\*{1,2}\}))+$|^\/\*$/;

function pathProblems(text: string, path: JsonPath): Problem[] {
  if (!rulePath.test(text)) {
    const message = `"${text}" is no path of an APIRule v2, which takes literal segments, {*} for one segment, {**} for the rest, or /*`;
    return [{ id: 'api-rule-path', path, message, fix: 'write regular expressions as several paths with operators' }];
  }
  const operators = text.split('/').filter((segment) => segment.startsWith('{'));
  if (operators.slice(0, -1).includes('{**}')) {
    return [
      {
        id: 'api-rule-path',
        path,
        message: `"${text}" has an operator after {**}, which must be the last one and the only one of its kind`,
      },
    ];
  }
  const literal = /[()+$]/.exec(text)?.[0];
  if (literal === undefined) return [];
  const message = `"${text}" holds "${literal}", which the gateway reads as a part of a regular expression, so the literal path never matches`;
  return [{ id: 'api-rule-path', path, message, fix: `write {*} for that segment` }];
}

function methodProblems(methods: readonly string[], path: JsonPath): Problem[] {
  if (methods.length === 0) return [{ id: 'api-rule-methods', path, message: 'is empty; name at least one method' }];
  return methods.flatMap((method, index): Problem[] => {
    if (!ruleMethods.some((known) => known === method)) {
      return [
        { id: 'api-rule-methods', path: [...path, index], message: `"${method}" is unknown; give some of ${ruleMethods.join(', ')}` },
      ];
    }
    return methods.indexOf(method) === index
      ? []
      : [{ id: 'api-rule-methods', path: [...path, index], message: `${method} is listed twice` }];
  });
}

function repeatedRuleProblems(spec: JsonObject): Problem[] {
  const seen = new Map<string, number>();
  return objectsAt(spec, 'rules').flatMap(([rule, index]) =>
    [...new Set(listAt(rule, 'methods').map(textOf))].flatMap((method): Problem[] => {
      const key = `${method} ${textOf(rule['path']).replace(/^\/\*$/, '/{**}')}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      return first === undefined
        ? []
        : [{ id: 'api-rule-repeated', path: ['spec', 'rules', index, 'path'], message: `repeats ${key} of spec.rules[${first}]` }];
    }),
  );
}
