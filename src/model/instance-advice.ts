import { closest } from './closest';
import type { JsonObject } from './json';
import { listAt, objectAt, textOf } from './json-fields';
import type { Problem } from './problem';
import { userInfoAdvice } from './user-info';

/** Finds what works in a ServiceInstance today and is still worth a word. Constructs do not throw on it; `validate` reports it. */
export function instanceAdvice(body: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  const ofXsuaa = spec['serviceOfferingName'] === 'xsuaa' ? [...planAdvice(spec), ...redirectAdvice(spec)] : [];
  return [...userInfoAdvice(body, 'instance-user-info'), ...ofXsuaa];
}

const plans = ['application', 'broker', 'space', 'apiaccess', 'system', 'default'];
/** Marked in SAP's own libraries as to be deprecated. */
const oldPlans = ['space', 'apiaccess', 'default'];

function planAdvice({ servicePlanName }: JsonObject): Problem[] {
  const plan = textOf(servicePlanName);
  const path = ['spec', 'servicePlanName'];
  if (plan === '') return [];
  if (oldPlans.includes(plan)) return [{ id: 'xsuaa-plan', path, message: `"${plan}" is a plan that is to be given up`, severity: 'low' }];
  if (plans.includes(plan)) return [];
  const near = closest(plan, plans);
  const message = `"${plan}" is no plan of XSUAA; ${near === undefined ? `known are ${plans.join(', ')}` : `did you mean ${near}?`}`;
  return [{ id: 'xsuaa-plan', path, message, ...(near === undefined && { severity: 'low' as const }) }];
}

function redirectAdvice(spec: JsonObject): Problem[] {
  const path = ['spec', 'parameters', 'oauth2-configuration', 'redirect-uris'];
  return listAt(objectAt(objectAt(spec, 'parameters'), 'oauth2-configuration'), 'redirect-uris').flatMap((entry, index): Problem[] => {
    const message = redirectProblem(textOf(entry));
    return message === undefined ? [] : [{ id: 'xsuaa-redirect-uri', path: [...path, index], message }];
  });
}

function redirectProblem(uri: string): string | undefined {
  const match = /^([^:/]*):\/\/([^/?#]*)/.exec(uri);
  if (!match) return uri.includes('*') ? `"${uri}" admits addresses of any host; name the host` : undefined;
  const [, scheme = '', authority = ''] = match;
  const host = authority.replace(/:[^:\]]*$/, '');
  if (host === 'localhost' || host === '127.0.0.1' || host === '[::1]') return undefined;
  if (isBroad(host)) return `"${uri}" admits addresses of hosts that are not yours; name a domain below the wildcard`;
  return scheme === 'http' || scheme.includes('*') ? `"${uri}" sends the login code over plain http; give https` : undefined;
}

/** Of a host with a wildcard, the labels behind it must be at least a registered domain. */
function isBroad(host: string): boolean {
  if (!host.includes('*')) return false;
  const labels = host.split('.');
  return labels.length - 1 - labels.findLastIndex((label) => label.includes('*')) < 2;
}
