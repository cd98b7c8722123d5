import { ApiObject } from 'cdk8s';
import { k8s, ServiceAccount } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { serviceBindingProblems } from '../model/binding-checks';
import type { JsonValue } from '../model/json';
import { shortDigest } from '../model/short-digest';
import { partPrefix, verificationLabels } from '../model/verification-names';
import { ServiceBinding } from './bindings';
import { inWave } from './object-metadata';
import { reportProblems } from './report-problems';
import { apiRuleFiles, packFiles, type FilesConfigMap } from './verification-files';
import { verificationStarts } from './verification-kinds';
import { networkPolicySpec } from './verification-network';
import { scopeFile, verificationPodSpec, type VerificationMount, type VerificationParts } from './verification-pod';
import { verificationProblems } from './verification-problems';
import type { VerificationBinding, VerificationJobProps } from './verification-props';
import { xsuaaBindingSpec, type XsuaaBindingProps } from './xsuaa-binding';

/**
 * Proves from inside the cluster that each endpoint opens for the right token and for nothing else. The Pod has credentials of its own, no rights in
 * the cluster, no service mesh around it, and nothing it could write to.
 *
 * @see docs/verification-job.md
 */
export class VerificationJob extends Construct {
  /** Name of the Job or CronJob; that of a `flux` Job follows its content. */
  readonly jobName: string;
  /** Secrets that the operator makes for the bindings. */
  readonly secretNames: readonly string[];

  /** @throws {TypeError} when an APIRule is too large for a ConfigMap */
  constructor(scope: Construct, id: string, props: VerificationJobProps) {
    super(scope, id);
    const problems = verificationProblems(props);
    this.node.addValidation({ validate: () => problems });
    const parts = this.addParts(props);
    this.secretNames = parts.credentials.map(({ secretName }) => secretName);
    this.jobName = this.addJob(props, jobSpec(props, parts));
  }

  private addParts(props: VerificationJobProps): VerificationParts {
    const { name, namespace } = props.metadata;
    const labels = verificationLabels(name);
    const metadata = inWave('workload', { name, namespace, ...(props.metadata.labels && { labels: props.metadata.labels }) });
    new ServiceAccount(this, 'ServiceAccount', { metadata, automountToken: false });
    if (props.network) new k8s.KubeNetworkPolicy(this, 'NetworkPolicy', { metadata, spec: networkPolicySpec(props.network, labels) });
    const apiRules = packFiles(partPrefix(name, 'api-rules'), apiRuleFiles(props.apiRules));
    const [scope] = packFiles(partPrefix(name, 'scope'), { [scopeFile]: `${[...props.scope].sort().join('\n')}\n` });
    for (const files of [...apiRules, ...(scope ? [scope] : [])]) this.addFiles(files, metadata);
    const bound = (props.bindings ?? []).map((binding) => this.addBinding(binding, props));
    const credentials = [...bound, ...(props.secrets ?? [])];
    return { serviceAccount: name, apiRules: apiRules.map((files) => files.name), scope: scope?.name ?? '', credentials, labels };
  }

  private addFiles({ name, data }: FilesConfigMap, metadata: ReturnType<typeof inWave>): void {
    new ApiObject(this, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata, name }, data: { ...data }, immutable: true });
  }

  private addBinding({ name, instance, issuer, ...rest }: VerificationBinding, { metadata }: VerificationJobProps): VerificationMount {
    const binding: XsuaaBindingProps = { ...rest, name: `${metadata.name}-${name}` };
    const spec = xsuaaBindingSpec(instance.name, binding, instance.namespace);
    const secretName = spec.secretName ?? '';
    const own = inWave('binding', { name: secretName, namespace: metadata.namespace });
    const object = new ServiceBinding(this, `Binding-${name}`, { metadata: own, spec });
    reportProblems(this, object, serviceBindingProblems);
    return { name, secretName, ...(issuer !== undefined && { issuer }) };
  }

  private addJob(props: VerificationJobProps, spec: k8s.JobSpec): string {
    const { kind = 'job', metadata } = props;
    const { annotations, isNamedByContent } = verificationStarts[kind];
    const name = isNamedByContent ? `${metadata.name}-${shortDigest(plain(spec))}` : metadata.name;
    const own = { ...metadata, name, annotations: { ...annotations, ...metadata.annotations } };
    if (kind === 'cronjob') new k8s.KubeCronJob(this, 'Resource', { metadata: own, spec: cronJobSpec(props, spec) });
    else new k8s.KubeJob(this, 'Resource', { metadata: own, spec });
    return name;
  }
}

/** Exit codes after which another try gives the same: findings, a wrong call, a defect. */
const finalExitCodes = [1, 2, 4];
/** Could not decide; a retry may help. */
const undecidedExitCode = 3;

function jobSpec(props: VerificationJobProps, parts: VerificationParts): k8s.JobSpec {
  const { kind = 'job', shards = 1 } = props;
  const keepSeconds = props.keepSeconds ?? verificationStarts[kind].keepSeconds;
  // The empty list says nothing, but API servers of that version ask for it.
  const onExit = (action: string, values: number[]): k8s.PodFailurePolicyRule => ({
    action,
    onExitCodes: { containerName: 'verify', operator: 'In', values },
    onPodConditions: [],
  });
  return {
    activeDeadlineSeconds: props.deadlineSeconds ?? 1800,
    backoffLimit: props.retries ?? 2,
    ...(shards > 1 && { completions: shards, parallelism: shards, completionMode: 'Indexed' }),
    podFailurePolicy: {
      rules: [
        onExit('FailJob', finalExitCodes),
        onExit('Count', [undecidedExitCode]),
        // The node went away under the Pod; that says nothing about the deployment.
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      ],
    },
    ...(keepSeconds !== undefined && { ttlSecondsAfterFinished: keepSeconds }),
    template: {
      // Inside the mesh a sidecar would keep the Job from ending, and answer for the gateway.
      metadata: { labels: { ...parts.labels, 'sidecar.istio.io/inject': 'false' } },
      spec: verificationPodSpec(props, parts),
    },
  };
}

function cronJobSpec({ schedule = '', timeZone }: VerificationJobProps, spec: k8s.JobSpec): k8s.CronJobSpec {
  return {
    schedule,
    ...(timeZone !== undefined && { timeZone }),
    concurrencyPolicy: 'Forbid',
    startingDeadlineSeconds: 600,
    successfulJobsHistoryLimit: 1,
    failedJobsHistoryLimit: 3,
    jobTemplate: { spec },
  };
}

function plain(spec: k8s.JobSpec): JsonValue {
  return JSON.parse(JSON.stringify(spec)) as JsonValue;
}
