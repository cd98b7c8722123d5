import type { AccessHandler } from './handler';
import { jwt } from './jwt';
import { allow, anonymous, noAuth, noop, unauthorized } from './open-handlers';
import { cookieSession, oauth2ClientCredentials, oauth2Introspection } from './session-handlers';

/** Access strategies that APIRules of older versions could name. @see Kyma APIRule custom resource v1beta1, `spec.rules.accessStrategies` */
export const accessHandlers: readonly AccessHandler[] = [
  allow,
  noAuth,
  noop,
  anonymous,
  unauthorized,
  jwt,
  oauth2Introspection,
  oauth2ClientCredentials,
  cookieSession,
];

/** The handler of a name; `undefined` for one that no version knew. */
export function accessHandler(name: string): AccessHandler | undefined {
  return accessHandlers.find((handler) => handler.name === name);
}
