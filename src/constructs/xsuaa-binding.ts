import type { JsonObject } from '../model/json';
import { shortDigest } from '../model/short-digest';
import type { ServiceBindingSpec } from './bindings';

/** How the credentials of an XSUAA instance reach a Secret. */
export interface XsuaaBindingProps {
  /**
   * First part of the names of binding and Secret, and the folder name under which a Function sees the credentials. At most 54 characters.
   *
   * @default - the name of the instance
   */
  readonly name?: string;
  /**
   * The operator refuses every change of a binding but that of its rotation, so a changed binding needs a new name. `'hash'` appends eight hex
   * digits over the fields that cannot change: after a change Argo CD creates a second binding with a Secret of its own, moves the workload to it and
   * removes the first. `'none'` takes `name` as it is, to adopt a binding that exists; then a changed field needs a new `name` by hand.
   *
   * @default 'hash'
   */
  readonly suffix?: 'hash' | 'none';
  /** `'secret'` is a client secret, `'x509'` a certificate that XSUAA issues. @default 'secret' */
  readonly credentials?: 'secret' | 'x509';
  /**
   * When new credentials are made, and how long the old ones stay valid after that; durations as Go writes them, in `h`, `m` and `s`.
   * `'none'` keeps one secret for ever; certificates cannot do without.
   *
   * @default - every 72h, keep 48h
   */
  readonly rotation?: { readonly every: string; readonly keep: string } | 'none';
  /** For `credentials: 'x509'`. `every` and `keep` together must be shorter than `validityDays`. */
  readonly x509?: {
    /** 2048, 4096 or 8192 bits. @default 2048 */
    readonly keyLength?: number;
    /** In whole days, 1 to 30. @default 7 */
    readonly validityDays?: number;
  };
}

/** Names that follow from a binding: of its object, of its Secret, and of the folder that a Function sees. */
export interface XsuaaBindingNames {
  /** Name of the ServiceBinding and of its Secret. */
  readonly secretName: string;
  /** Folder below `SERVICE_BINDING_ROOT`. It does not change with the credentials, so that code can look for it. */
  readonly bindingName: string;
}

/**
 * Names of a binding, without creating it: units of one deployment are written apart and refer to each other by name.
 * @param instanceNamespace where the instance is. @default - where the binding is
 */
export function xsuaaBindingNames(instanceName: string, binding: XsuaaBindingProps = {}, instanceNamespace?: string): XsuaaBindingNames {
  const bindingName = binding.name ?? instanceName;
  if (binding.suffix === 'none') return { bindingName, secretName: bindingName };
  const fixed = { ...instanceOf(instanceName, instanceNamespace), parameters: bindingParameters(binding) };
  return { bindingName, secretName: `${bindingName}-${shortDigest(fixed)}` };
}

/**
 * Writes the spec of the binding. The Secret is flat with metadata, the form that `@sap/xsenv` reads from a mounted folder.
 * @param instanceNamespace where the instance is. @default - where the binding is
 */
export function xsuaaBindingSpec(instanceName: string, binding: XsuaaBindingProps = {}, instanceNamespace?: string): ServiceBindingSpec {
  const rotation = binding.rotation ?? { every: '72h', keep: '48h' };
  return {
    ...instanceOf(instanceName, instanceNamespace),
    secretName: xsuaaBindingNames(instanceName, binding, instanceNamespace).secretName,
    parameters: bindingParameters(binding),
    credentialsRotationPolicy:
      rotation === 'none' ? { enabled: false } : { enabled: true, rotationFrequency: rotation.every, rotatedBindingTtl: rotation.keep },
  };
}

function instanceOf(name: string, namespace: string | undefined) {
  return { serviceInstanceName: name, ...(namespace !== undefined && { serviceInstanceNamespace: namespace }) };
}

function bindingParameters({ credentials, x509 }: XsuaaBindingProps): JsonObject {
  if (credentials !== 'x509') return { 'credential-type': 'binding-secret' };
  const validity = { validity: x509?.validityDays ?? 7, 'validity-type': 'DAYS' };
  return { 'credential-type': 'x509', x509: { 'key-length': x509?.keyLength ?? 2048, ...validity } };
}
