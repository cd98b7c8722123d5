import type { JsonObject } from '../../../model/json';
import { manual } from '../rule-notes';
import type { TranslateSettings } from '../settings';
import type { AccessHandler, TranslatedAccess } from './handler';
import { translateIstioJwt } from './jwt-istio';
import { oryMembers, translateOryJwt } from './jwt-ory';

const istioMembers = new Set(['authentications', 'authorizations']);

/** True for a configuration that was written for Istio. */
export function isIstioJwt(config: JsonObject): boolean {
  return Object.keys(config).some((key) => istioMembers.has(key));
}

/** Tokens that Oathkeeper or Istio checks: which of the two the configuration was written for, it says itself. */
export const jwt: AccessHandler = { name: 'jwt', servedBy: 'oathkeeper', translate };

function translate(config: JsonObject, settings: TranslateSettings): TranslatedAccess {
  const keys = Object.keys(config);
  const ory = keys.filter((key) => oryMembers.has(key));
  const istio = keys.filter((key) => istioMembers.has(key));
  const unknown = keys.filter((key) => !oryMembers.has(key) && !istioMembers.has(key)).sort();
  if (unknown.length > 0) {
    const message = `the handler jwt is configured with ${unknown.join(', ')}, which is unknown, so a check that it asks for could get lost`;
    return { notes: [manual('migrate-jwt-config', message, 'Correct the name, or take it out and check by hand what it asked for.')] };
  }
  if (ory.length > 0 && istio.length > 0) {
    const message = `the handler jwt is configured for Oathkeeper (${ory.join(', ')}) and for Istio (${istio.join(', ')}), and no version took both`;
    return { notes: [manual('migrate-jwt-config', message, 'Keep the one that is meant.')] };
  }
  return istio.length > 0 ? translateIstioJwt(config, settings) : translateOryJwt(config, settings);
}
