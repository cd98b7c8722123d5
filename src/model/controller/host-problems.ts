import type { JsonObject } from '../json';
import { listAt, textOf } from '../json-fields';
import { isApiRuleHost, isGatewayName, isShortHost } from '../names';
import type { Problem } from '../problem';
import { attributeFailure } from './controller-words';

/** Finds what is wrong with `hosts`, `gateway` and `externalGateway` of an APIRule v2, as far as the object itself tells. */
export function hostProblems(spec: JsonObject): Problem[] {
  const hosts = listAt(spec, 'hosts').map(textOf);
  return [
    ...hosts.flatMap((host, index) => hostProblem(host, index)),
    ...countProblems(hosts.length),
    ...gatewayProblems(spec),
    ...shortHostProblems(spec, hosts),
  ];
}

function hostProblem(host: string, index: number): Problem[] {
  if (isApiRuleHost(host)) return [];
  const message = `"${host}" is no host; give a lower-case label, a full name, or "*." before a full name`;
  const says = attributeFailure(`.spec.hosts[${index}]`, 'Host must be a valid FQDN or short host name');
  return [{ id: 'api-rule-host', path: ['spec', 'hosts', index], message, says }];
}

function countProblems(count: number): Problem[] {
  if (count === 1) return [];
  const says = count === 0 ? attributeFailure('.spec.hosts', 'No hosts defined') : undefined;
  const message = `has ${count} hosts; give exactly one`;
  return [{ id: 'api-rule-host', path: ['spec', 'hosts'], message, ...(says !== undefined && { says }) }];
}

function gatewayProblems(spec: JsonObject): Problem[] {
  const fields = ['gateway', 'externalGateway'].filter((field) => spec[field] !== undefined);
  const problems = fields.flatMap((field): Problem[] => {
    if (isGatewayName(textOf(spec[field]))) return [];
    return [{ id: 'api-rule-gateway', path: ['spec', field], message: `"${textOf(spec[field])}" is not of the form namespace/name` }];
  });
  if (fields.length === 1) return problems;
  const says = attributeFailure('spec', 'Either gateway or externalGateway must be specified');
  const message = 'needs exactly one of gateway and externalGateway';
  return [{ id: 'api-rule-gateway', path: ['spec'], message, says }, ...problems];
}

/** The controller looks for the domain of a short host in `gateway` only, and falls over when there is none. */
function shortHostProblems(spec: JsonObject, hosts: readonly string[]): Problem[] {
  if (spec['externalGateway'] === undefined || spec['gateway'] !== undefined) return [];
  return hosts.flatMap((host, index): Problem[] => {
    if (!isShortHost(host)) return [];
    const message = `"${host}" is a label beside externalGateway, whose domain the controller does not look up: it never gets to write a status`;
    return [{ id: 'api-rule-external-host', path: ['spec', 'hosts', index], message, fix: 'give the full host name' }];
  });
}
