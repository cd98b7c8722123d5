import type { JsonObject } from '../model/json';
import type { Manifest } from '../model/manifest';
import { clientCredentials } from './client-credentials';
import type { DataObjects } from './container-environment';
import { keyOf } from './function-spec';
import type { LocalIssuer } from './issuer-server';
import { localTenant } from './issuer-claims';
import { objectAt, textAt, textsOf } from './json-at';

/** Contents of the Secrets that the service operator would write. */
export interface BindingData {
  readonly secrets: DataObjects;
  /** What could not be provided, for people. */
  readonly notes: readonly string[];
}

/** `xsappname` of every XSUAA instance of the input, without the suffix that only the broker knows. */
export function xsuaaAppNames(manifests: readonly Manifest[]): readonly string[] {
  return manifests.filter(isXsuaaInstance).map((manifest) => textAt(manifest.body, 'spec', 'parameters', 'xsappname') ?? manifest.name);
}

/** Gives every ServiceBinding of an XSUAA instance the credentials of the local issuer that stands for the instance. */
export function bindingData(manifests: readonly Manifest[], issuers: readonly LocalIssuer[]): BindingData {
  const secrets = new Map<string, Readonly<Record<string, string>>>();
  const notes: string[] = [];
  for (const binding of manifests.filter((manifest) => isOperatorKind(manifest, 'ServiceBinding'))) {
    const instance = instanceOf(binding, manifests);
    const issuer = instance && isXsuaaInstance(instance) ? issuerOf(instance, issuers) : undefined;
    const secretName = textAt(binding.body, 'spec', 'secretName') ?? binding.name;
    if (instance && issuer) secrets.set(`${binding.namespace ?? 'default'}/${secretName}`, secretData(binding, instance, issuer));
    else notes.push(`ServiceBinding ${keyOf(binding)}: its Secret is left empty, because ${whyEmpty(instance)}`);
  }
  return { secrets, notes };
}

function whyEmpty(instance: Manifest | undefined): string {
  if (!instance) return 'its ServiceInstance is not in the input';
  return isXsuaaInstance(instance) ? 'no rule trusts an XSUAA issuer' : 'only XSUAA is stood in for';
}

function isOperatorKind({ apiVersion, kind }: Manifest, wanted: string): boolean {
  return kind === wanted && apiVersion.startsWith('services.cloud.sap.com/');
}

function isXsuaaInstance(manifest: Manifest): boolean {
  return isOperatorKind(manifest, 'ServiceInstance') && textAt(manifest.body, 'spec', 'serviceOfferingName') === 'xsuaa';
}

function instanceOf(binding: Manifest, manifests: readonly Manifest[]): Manifest | undefined {
  const name = textAt(binding.body, 'spec', 'serviceInstanceName');
  const namespace = textAt(binding.body, 'spec', 'serviceInstanceNamespace') ?? binding.namespace;
  return manifests.find(
    (manifest) => isOperatorKind(manifest, 'ServiceInstance') && manifest.name === name && manifest.namespace === namespace,
  );
}

/** The issuer whose clients belong to the application of the instance, else the first that is shaped like XSUAA. */
function issuerOf(instance: Manifest, issuers: readonly LocalIssuer[]): LocalIssuer | undefined {
  const appName = textAt(instance.body, 'spec', 'parameters', 'xsappname') ?? instance.name;
  const candidates = issuers.filter(({ plan }) => plan.form === 'xsuaa');
  return candidates.find(({ plan }) => plan.accepted.appName.replace(/![a-z]\d+$/, '') === appName) ?? candidates[0];
}

function secretData(binding: Manifest, instance: Manifest, issuer: LocalIssuer): Readonly<Record<string, string>> {
  const credentials = clientCredentials(issuer, issuer.accepted);
  const about = {
    instance_name: instance.name,
    instance_guid: localTenant,
    plan: textAt(instance.body, 'spec', 'servicePlanName') ?? 'application',
    label: 'xsuaa',
    type: 'xsuaa',
    tags: JSON.stringify(['xsuaa']),
  };
  const key = textAt(binding.body, 'spec', 'secretKey');
  const rootKey = textAt(binding.body, 'spec', 'secretRootKey');
  if (rootKey !== undefined) return { [rootKey]: JSON.stringify({ ...credentials, ...about }) };
  if (key !== undefined) return { [key]: JSON.stringify(credentials), ...about, '.metadata': metadata([key], about, true) };
  return { ...textsOf(credentials), ...about, '.metadata': metadata(Object.keys(credentials), about, false) };
}

/** Describes the keys of a Secret the way the service operator does, for libraries that look services up. */
function metadata(names: readonly string[], about: Readonly<Record<string, string>>, container: boolean): string {
  const format = container ? { format: 'json', container: true } : { format: 'text' };
  return JSON.stringify({
    metaDataProperties: Object.keys(about).map((name) => ({ name, format: name === 'tags' ? 'json' : 'text' })),
    credentialProperties: names.map((name) => ({ name, ...format })),
  });
}

/** Contents of the Secrets or ConfigMaps that are themselves in the input. */
export function dataObjects(manifests: readonly Manifest[], kind: 'Secret' | 'ConfigMap'): DataObjects {
  return new Map(
    manifests
      .filter((manifest) => manifest.kind === kind && manifest.apiVersion === 'v1')
      .map((manifest) => [keyOf(manifest), contentsOf(manifest.body, kind)]),
  );
}

function contentsOf(body: JsonObject, kind: 'Secret' | 'ConfigMap'): Readonly<Record<string, string>> {
  const data = Object.entries(textsOf(objectAt(body, 'data')));
  if (kind === 'ConfigMap') return Object.fromEntries(data);
  const decoded = data.map(([name, text]) => [name, Buffer.from(text, 'base64').toString('utf8')] as const);
  return { ...Object.fromEntries(decoded), ...textsOf(objectAt(body, 'stringData')) };
}
