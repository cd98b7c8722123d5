import { isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import { listAt, objectAt, objectsAt, textOf } from '../model/json-fields';

/** What the rest of a deployment needs of a security descriptor. */
export interface DescriptorNeeds {
  /** Scopes that a token of the client credentials grant must carry, with or without `$XSAPPNAME.` in front. */
  readonly technicalScopes: readonly string[];
  /** True when the binding asks for certificates. */
  readonly x509: boolean;
}

/**
 * Completes a security descriptor; what it says already stays. A technical token carries the authorities of its client, not the scopes that the
 * descriptor declares, so each needed scope is granted to the own application, and the application accepts what is granted.
 *
 * @throws {TypeError} when a needed scope is not declared, or `xsappname` is missing, without which nothing can be granted
 * @see https://help.sap.com/docs/btp/sap-business-technology-platform/application-security-descriptor-configuration-syntax
 */
export function completeDescriptor(descriptor: JsonObject, needs: DescriptorNeeds): JsonObject {
  const wanted = new Set(needs.technicalScopes.map(declaredName));
  const missing = [...wanted].filter((name) => !objectsAt(descriptor, 'scopes').some(([scope]) => scope['name'] === name));
  if (missing.length > 0) throw new TypeError(`xs-security.json declares no scope ${missing.join(', ')}, which a rule requires`);
  const granted = wanted.size === 0 ? descriptor : grantToSelf(descriptor, wanted);
  return needs.x509 ? withCertificates(granted) : granted;
}

function declaredName(scope: string): string {
  return `$XSAPPNAME.${scope.replace(/^\$XSAPPNAME\./, '')}`;
}

function grantToSelf(descriptor: JsonObject, wanted: ReadonlySet<string>): JsonObject {
  const app = textOf(descriptor['xsappname']);
  if (app === '') throw new TypeError('xs-security.json needs xsappname, because scopes are granted to it');
  const self = `$XSAPPNAME(application,${app})`;
  const scopes = listAt(descriptor, 'scopes').map((scope) =>
    isJsonObject(scope) && wanted.has(textOf(scope['name'])) ? withEntry(scope, 'grant-as-authority-to-apps', self) : scope,
  );
  const explicit = [...wanted].every((name) => listAt(descriptor, 'authorities').includes(name.replace('$XSAPPNAME', () => self)));
  const completed = { ...descriptor, scopes };
  return explicit ? completed : withEntry(completed, 'authorities', '$ACCEPT_GRANTED_AUTHORITIES');
}

function withEntry(parent: JsonObject, key: string, entry: JsonValue): JsonObject {
  const list = listAt(parent, key);
  return list.includes(entry) ? parent : { ...parent, [key]: [...list, entry] };
}

/** XSUAA gives out secrets only, unless the descriptor admits certificates. A list that the descriptor has is the owner's word. */
function withCertificates(descriptor: JsonObject): JsonObject {
  const configuration = objectAt(descriptor, 'oauth2-configuration');
  if (configuration['credential-types'] !== undefined) return descriptor;
  return { ...descriptor, 'oauth2-configuration': { ...configuration, 'credential-types': ['x509'] } };
}
