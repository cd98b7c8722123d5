import type { JsonPath } from '../json';
import { formatJsonPath } from '../json';
import { isRoutable, isUsablePolicyPath, policyPath } from '../path-template';
import type { Problem } from '../problem';
import { attributeFailure } from './controller-words';

/** What the CRD admits. Segments start with the only `/` they have, so matching takes linear time. */
const rulePath = /^(?:(?:\/(?:[A-Za-z0-9\-._~!$&'()+,;=:@]|%[0-9a-fA-F]{2})*)|(?:\/\{\*{1,2}\}))+$|^\/\*$/;

/** Finds what is wrong with the path of one rule by itself, the worst only: who refuses it, or why no request ever gets through. */
export function pathFormProblems(text: string, path: JsonPath): Problem[] {
  if (!rulePath.test(text)) {
    const message = `"${text}" is no path of an APIRule v2, which takes literal segments, {*} for one segment, {**} for the rest, or /*`;
    return [{ id: 'api-rule-path', path, message, fix: 'write regular expressions as several paths with operators' }];
  }
  return operatorProblems(text, path) ?? literalProblems(text, path) ?? emptySegmentProblems(text, path) ?? [];
}

function operatorProblems(text: string, path: JsonPath): Problem[] | undefined {
  const operators = text.split('/').filter((segment) => segment.startsWith('{'));
  if (!operators.slice(0, -1).includes('{**}')) return undefined;
  const says = attributeFailure(
    `.${formatJsonPath(path)}`,
    operators.filter((operator) => operator === '{**}').length > 1
      ? 'Only one {**} operator is allowed in the path.'
      : 'The {**} operator must be the last operator in the path.',
  );
  const message = `"${text}" has an operator after {**}, which must be the last one and the only one of its kind`;
  return [{ id: 'api-rule-path-operators', path, message, fix: 'end the path with its only {**}, or list several paths', says }];
}

/** Literals that mean something else in the expression that the path becomes. A dot only widens it, which `apiRuleAdvice` tells. */
function literalProblems(text: string, path: JsonPath): Problem[] | undefined {
  const literal = /[()+$]/.exec(text)?.[0];
  if (literal === undefined) return undefined;
  const fix = 'write {*} for that segment';
  const reads = `"${text}" holds "${literal}", which the gateway reads as a part of a regular expression`;
  const id = 'api-rule-path-literal';
  if (isRoutable(text)) return [{ id, path, message: `${reads}, so the literal path never matches`, fix, severity: 'medium' }];
  const message = `${reads}, and no valid one, so Istio refuses the whole VirtualService and the literal path never matches`;
  return [{ id, path, message, fix }];
}

function emptySegmentProblems(text: string, path: JsonPath): Problem[] | undefined {
  if (isUsablePolicyPath(policyPath(text))) return undefined;
  const message = `"${text}" has an empty segment beside an operator, which everybody accepts except the proxy of the workload: it refuses the policies, and keeps those that it had`;
  return [{ id: 'api-rule-path-empty-segment', path, message, fix: 'write single slashes' }];
}
