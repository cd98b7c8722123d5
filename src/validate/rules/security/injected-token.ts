import type { Severity } from '../../../model/check-result';
import type { JsonObject, JsonPath } from '../../../model/json';
import { listAt, objectAt, objectsAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { samplePath } from '../../../model/sample-paths';
import { anonymous } from '../../../model/search/caller';
import type { Finding, ObjectRule } from '../../rule';
import { witnessOf } from '../../witness';
import { exampleToken } from './example-issuer';
import { apiRuleKind, servedSpec, tokenRulesOf, type TokenRule } from './token-rules-of';

const jwt =
  "authentications: [{ issuer: 'https://id.example.com', jwksUri: 'https://id.example.com/keys' }], authorizations: [{ audiences: [orders] }]";

export const injectedToken: ObjectRule = {
  id: 'injected-token',
  layer: 'security',
  severity: 'critical',
  also: { high: 'where an authorizer is asked', medium: 'when nobody gets in, or only credentials for the workload are set' },
  title: 'The gateway does not bring the token itself',
  why: 'Headers of request.headers are set before tokens are looked at. A token among them counts for every request, so everybody gets in without one.',
  fix: 'Remove the header from request.headers; the caller must bring the token.',
  refs: ['Kyma documentation, APIRule custom resource, spec.rules.request.headers', 'CWE-287', 'CWE-798'],
  bad: exampleToken(jwt, "request: { headers: { authorization: 'Bearer abc' } }"),
  good: exampleToken(jwt, "request: { headers: { x-authorization: 'Bearer abc' } }"),
  kinds: apiRuleKind,
  check: ({ manifest }) => [...tokenRulesOf(manifest).flatMap((rule) => injectedInto(manifest, rule)), ...credentialsOfOthers(manifest)],
};

interface Location {
  /** Lower case. */
  readonly name: string;
  readonly prefix: string;
}

function injectedInto(manifest: Manifest, rule: TokenRule): Finding[] {
  const locations = rule.issuers.flatMap(({ entry }) => locationsOf(entry));
  return headersOf(rule.rule).flatMap(([name, value]): Finding[] => {
    const location = locations.find((candidate) => candidate.name === name.toLowerCase());
    if (!location) return [];
    const path = [...rule.rulePath, 'request', 'headers', name];
    if (value.includes('%REQ(')) {
      const message = `takes the token out of another part of the request (${value}); callers should send it as ${name} themselves`;
      return [{ manifest, path, message, severity: 'medium' }];
    }
    if (!value.includes(location.prefix.trim())) {
      const message = `overwrites ${name}, where the token of the caller is read, so that nobody gets in; it should be left to the caller`;
      return [{ manifest, path, message, severity: 'medium' }];
    }
    return [open(manifest, rule, path, name)];
  });
}

function open(manifest: Manifest, { rule, strategy }: TokenRule, path: JsonPath, name: string): Finding {
  const host = textOf(listAt(servedSpec(manifest), 'hosts')[0]).replace(/^\*\./, 'sample.');
  const method = textOf(listAt(rule, 'methods')[0]);
  return {
    manifest,
    path,
    message: `sets ${name}, where this rule reads its token, for every request; the caller should bring the token`,
    ...witnessOf({ host, method, path: samplePath(textOf(rule['path'])), caller: anonymous }),
    expected: 'refused: 403',
    actual: 'reaches the workload as long as the token in the manifest is valid',
    reason: 'deduced: the gateway sets headers of a route before the workload looks for a token',
    ...(strategy === 'extAuth' && { severity: 'high' as const }),
  };
}

/** Authorization on a rule that asks for no token: the workload, or the authorizer, takes every caller for the one of the manifest. */
function credentialsOfOthers(manifest: Manifest): Finding[] {
  return objectsAt(servedSpec(manifest), 'rules').flatMap(([rule, index]) => {
    if (rule['jwt'] !== undefined || objectAt(rule, 'extAuth')['restrictions'] !== undefined) return [];
    const asked = rule['extAuth'] !== undefined;
    const severity: Severity = asked ? 'high' : 'medium';
    const who = asked
      ? 'the authorizer takes every caller for the one whose credentials stand here'
      : 'everybody acts with the credentials that stand here';
    return headersOf(rule)
      .filter(([name, value]) => name.toLowerCase() === 'authorization' && !value.includes('%REQ('))
      .map(([name]) => ({
        manifest,
        path: ['spec', 'rules', index, 'request', 'headers', name],
        message: `sets ${name} for every request, so that ${who}; callers should bring their own`,
        severity,
      }));
  });
}

function headersOf(rule: JsonObject): (readonly [string, string])[] {
  return Object.entries(objectAt(objectAt(rule, 'request'), 'headers')).map(([name, value]) => [name, textOf(value)] as const);
}

function locationsOf(entry: JsonObject): Location[] {
  const headers = objectsAt(entry, 'fromHeaders').map(([header]) => ({
    name: textOf(header['name']).toLowerCase(),
    prefix: textOf(header['prefix']),
  }));
  if (headers.length > 0) return headers;
  return listAt(entry, 'fromParams').length > 0 ? [] : [{ name: 'authorization', prefix: 'Bearer' }];
}
