import type { FieldReader } from '../../model/field-reader';
import type { JsonObject, JsonPath } from '../../model/json';
import { parsePathTemplate, routeUri } from '../../model/path-template';
import type { OldHandler, OldRule } from '../old-api-rule';
import { given } from './given';
import { readService, readTimeout } from './read-parts';

/** Reads one entry of `spec.rules`, old or already in the form of v2. @param place where messages about the rule point */
export function readOldRule(rule: FieldReader, place: JsonPath): OldRule {
  const entry = rule.object();
  if (!entry) return emptyRule(rule, place);
  const old = !rule.at('accessStrategies').absent;
  const renewed = newStrategies(rule);
  if (old && renewed.length > 0) rule.problem('has both accessStrategies and a strategy of APIRule v2; keep the one that is meant');
  if (!old && renewed.length > 1) rule.problem('has several of noAuth, jwt and extAuth; give one');
  if (!old && renewed.length === 0) rule.at('accessStrategies').problem('is missing; give at least one handler');
  return {
    ...pathOf(rule, old || renewed.length === 0 ? undefined : entry),
    methods: readMethods(rule.at('methods')),
    accessStrategies: old ? readStrategies(rule.at('accessStrategies')) : renewed,
    mutators: rule.at('mutators').list().map(readHandler),
    ...given('service', readService(rule.at('service'))),
    ...given('timeoutSeconds', readTimeout(rule.at('timeout'))),
    place,
  };
}

function emptyRule(rule: FieldReader, place: JsonPath): OldRule {
  if (rule.absent) rule.problem('is empty; give a rule');
  return { path: '', methods: [], accessStrategies: [], mutators: [], place };
}

/** An expression stays an expression whatever stands around it; a path of v2 becomes the expression of its route. */
function pathOf(rule: FieldReader, entry: JsonObject | undefined): Pick<OldRule, 'path' | 'newForm'> {
  const path = rule.at('path').requiredText();
  if (entry === undefined) return { path };
  if (path === '/*') return { path: '/.*', newForm: entry };
  return { path: parsePathTemplate(path) ? routeUri(path).value.slice(1, -1) : path, newForm: entry };
}

function newStrategies(rule: FieldReader): OldHandler[] {
  const [jwt, extAuth] = [rule.at('jwt').object(), rule.at('extAuth').object()];
  return [
    ...(rule.at('noAuth').boolean() === true ? [{ handler: 'no_auth', config: {} }] : []),
    ...(jwt ? [{ handler: 'jwt', config: jwt }] : []),
    ...(extAuth ? [{ handler: 'extAuth', config: extAuth }] : []),
  ];
}

function readMethods(methods: FieldReader): string[] {
  if (methods.isEmpty) methods.problem('is empty; give at least one method');
  return methods.texts();
}

function readStrategies(strategies: FieldReader): OldHandler[] {
  if (strategies.isEmpty) strategies.problem('is empty; give at least one handler');
  return strategies.list().map(readHandler);
}

function readHandler(handler: FieldReader): OldHandler {
  if (handler.absent) handler.problem('is empty; give a handler');
  handler.object();
  return { handler: handler.at('handler').requiredText(), config: handler.at('config').object() ?? {} };
}
