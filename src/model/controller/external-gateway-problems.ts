import { isJsonObject, type JsonObject } from '../json';
import { listAt, objectAt, objectsAt, textOf } from '../json-fields';
import type { Problem } from '../problem';
import { onlyValue } from './config-map-value';
import { yamlValue } from './yaml-value';

/** Longest common name of a certificate. @see RFC 5280 appendix A.1, ub-common-name */
const commonNameLimit = 64;

/** Finds an internal domain that no certificate can be made for. */
export function internalDomainProblems(body: JsonObject, domain: string): Problem[] {
  const subdomain = textOf(objectAt(objectAt(body, 'spec'), 'internalDomain')['kymaSubdomain'] ?? 'external');
  const full = `${subdomain}.${domain}`;
  if (full.length <= commonNameLimit) return [];
  const path = ['spec', 'internalDomain', 'kymaSubdomain'];
  const message = `makes the domain ${full} of ${full.length} characters; it should have at most ${commonNameLimit}`;
  return [{ id: 'external-gateway-internal-domain', path, message, says: 'InternalDomainTooLong' }];
}

/** Finds a region that the ConfigMap with the regions does not have, or has without subjects. */
export function regionProblems(body: JsonObject, configMap: JsonObject): Problem[] {
  const spec = objectAt(body, 'spec');
  const id = 'external-gateway-region';
  const ofMap = (message: string, says: string): Problem[] => [{ id, path: ['spec', 'regionsConfigMap'], message, says }];
  const picked = onlyValue(configMap, 'regions.yaml');
  if (picked === 'missing') return ofMap('names a ConfigMap without data', 'RegionsConfigMapInvalid');
  if (picked === 'ambiguous')
    return ofMap('names a ConfigMap with several keys, none of them regions.yaml', 'RegionsConfigMapKeyAmbiguous');
  const value = yamlValue(picked.value);
  const regions = isJsonObject(value) ? objectsAt(value, 'regions') : [];
  if (regions.length === 0) return ofMap(`names a ConfigMap whose ${picked.key} lists no regions`, 'RegionsConfigMapInvalid');
  const region = regions.find(([{ name }]) => name === spec['region'])?.[0];
  const path = ['spec', 'region'];
  const quoted = JSON.stringify(textOf(spec['region']));
  if (!region) {
    const names = regions.map(([{ name }]) => textOf(name)).join(', ');
    return [{ id, path, message: `${quoted} is none of the regions ${names}`, says: 'RegionNotFound' }];
  }
  if (listAt(region, 'subjects').length > 0) return [];
  return [{ id, path, message: `${quoted} has no subject, so no client certificate is accepted`, says: 'RegionHasNoSubjects' }];
}

/** Finds a Secret in which the controller finds no authority for client certificates. Its values are not told. */
export function authorityProblems(secret: JsonObject): Problem[] {
  const picked = onlyValue(secret, 'ca.crt');
  const problem = (message: string, says: string): Problem[] => [
    { id: 'external-gateway-authority', path: ['spec', 'caSecretRef', 'name'], message, says },
  ];
  if (picked === 'missing') return problem('names a Secret without data', 'CASecretInvalid');
  if (picked === 'ambiguous') return problem('names a Secret with several keys, none of them ca.crt', 'CASecretKeyAmbiguous');
  return picked.value.trim() === '' ? problem(`names a Secret whose ${picked.key} is empty`, 'CASecretInvalid') : [];
}
