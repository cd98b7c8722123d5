import { Construct } from 'constructs';
import { functionProblems, type FunctionProfile, type FunctionRuntime } from '../model/function-checks';
import { meshLabel } from '../model/function-metadata-checks';
import { FunctionSpecRuntime, ServerlessFunction, type FunctionSpec } from './bindings';
import { ClosedBaseline } from './closed-baseline';
import { exposedApiRules, type ExposeProps } from './expose';
import { functionEnvSpec, functionSourceSpec, type EnvReference, type GitSource, type InlineSource } from './function-source';
import { JwtApiRule } from './jwt-api-rule';
import { inWave, type ObjectMetadata } from './object-metadata';
import { reportProblems } from './report-problems';

/** Where bindings are mounted. @see https://servicebinding.io/spec/core/1.1.0/#workload-projection */
const bindingRoot = '/bindings';

/** Credentials that a Function reads from a folder; {@link XsuaaIssuer} is one. */
export interface FunctionBinding {
  readonly secretName: string;
  /** Folder below `SERVICE_BINDING_ROOT`. */
  readonly bindingName: string;
}

/** Properties of {@link ProtectedFunction}. */
export interface ProtectedFunctionProps {
  /** The name becomes the name of a Service: at most 63 of a-z, 0-9 and "-", and a letter first. Labels stay on the Function; Pods get `labels`. */
  readonly metadata: ObjectMetadata;
  readonly runtime: FunctionRuntime;
  readonly source: InlineSource | GitSource;
  /** CPU and memory of a Pod. @default - the preset of the cluster, usually L */
  readonly profile?: FunctionProfile;
  /** From 0. Leave it out when an autoscaler sets it. @default 1 */
  readonly replicas?: number;
  /** @default - none of its own */
  readonly env?: Readonly<Record<string, string | EnvReference>>;
  /** Labels of the Pods, besides the mesh label. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the Pods. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Secrets as folders. A volume is called like its Secret, so the name is a DNS label. @default - only the bindings */
  readonly secretMounts?: readonly { readonly secretName: string; readonly mountPath: string }[];
  /** Mounted below `/bindings`, where `@sap/xsenv` finds them through `SERVICE_BINDING_ROOT`. @default - none */
  readonly bindings?: readonly FunctionBinding[];
  /** Each entry is an APIRule with a host of its own. @default - not reachable from outside */
  readonly expose?: readonly ExposeProps[];
  /** `'closed'` refuses every request, also from inside the cluster, that no API rule admits. @default 'closed' */
  readonly baseline?: 'closed' | 'none';
}

/** A serverless Function in the service mesh, closed, and opened only by its API rules. */
export class ProtectedFunction extends Construct {
  /** @throws {TypeError} when two entries of `expose` share a name */
  constructor(scope: Construct, id: string, props: ProtectedFunctionProps) {
    super(scope, id);
    const resource = new ServerlessFunction(this, 'Resource', { metadata: inWave('workload', props.metadata), spec: functionSpec(props) });
    reportProblems(this, resource, functionProblems);
    if (props.baseline !== 'none') this.addBaseline(props.metadata);
    for (const [suffix, rule] of exposedApiRules(props.metadata, props.expose ?? [])) new JwtApiRule(this, `ApiRule-${suffix}`, rule);
  }

  private addBaseline({ name, namespace }: ObjectMetadata): void {
    const selector = { 'serverless.kyma-project.io/function-name': name };
    new ClosedBaseline(this, 'Baseline', { metadata: { name: `${name}-closed`, namespace }, selector });
  }
}

const runtimes: Readonly<Record<FunctionRuntime, FunctionSpecRuntime>> = {
  nodejs20: FunctionSpecRuntime.NODEJS20,
  nodejs22: FunctionSpecRuntime.NODEJS22,
  nodejs24: FunctionSpecRuntime.NODEJS24,
  python312: FunctionSpecRuntime.PYTHON312,
};

function functionSpec(props: ProtectedFunctionProps): FunctionSpec {
  const env = functionEnvSpec(environment(props));
  const mounts = [...(props.secretMounts ?? []), ...(props.bindings ?? []).map(bindingMount)];
  return {
    runtime: runtimes[props.runtime],
    source: functionSourceSpec(props.source),
    labels: { [meshLabel]: 'true', ...props.labels },
    ...(props.annotations && { annotations: { ...props.annotations } }),
    ...(props.profile && { resourceConfiguration: { function: { profile: props.profile } } }),
    ...(props.replicas !== undefined && { replicas: props.replicas }),
    ...(env.length > 0 && { env }),
    ...(mounts.length > 0 && { secretMounts: mounts.map((mount) => ({ ...mount })) }),
  };
}

/** @throws {TypeError} when bindings could not be found, because the user points `SERVICE_BINDING_ROOT` elsewhere */
function environment({ env, bindings }: ProtectedFunctionProps): Readonly<Record<string, string | EnvReference>> {
  if (bindings === undefined || bindings.length === 0) return env ?? {};
  const root = env?.['SERVICE_BINDING_ROOT'];
  if (root !== undefined && root !== bindingRoot)
    throw new TypeError(`SERVICE_BINDING_ROOT must be ${bindingRoot}, where bindings are mounted; leave it out`);
  return { ...env, SERVICE_BINDING_ROOT: bindingRoot };
}

function bindingMount({ secretName, bindingName }: FunctionBinding) {
  return { secretName, mountPath: `${bindingRoot}/${bindingName}` };
}
