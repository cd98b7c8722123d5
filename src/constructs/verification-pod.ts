import { k8s } from 'cdk8s-plus-27';
import { escapeEnvValue } from '../model/env-expansion';
import type { VerificationJobProps, VerificationResources } from './verification-props';
import { verifierLoader } from './verifier-loader';
import { verifierPieces } from './verifier-bundle';

/** Where the parts of a verification are in its Pod. */
export const verificationFolders = { verifier: '/verifier', apiRules: '/api-rules', scope: '/scope', bindings: '/bindings' } as const;

/** File with the scope. */
export const scopeFile = 'scope.txt';

/** Where the kubelet reads what the run came to; it mounts this file, writable, over the read-only root. */
const terminationLog = '/dev/termination-log';

/** Names that the Pod refers to. */
export interface VerificationParts {
  readonly serviceAccount: string;
  /** ConfigMaps with the APIRules. */
  readonly apiRules: readonly string[];
  /** ConfigMap with the scope. */
  readonly scope: string;
  /** Credentials as they are mounted. */
  readonly credentials: readonly VerificationMount[];
  readonly labels: Readonly<Record<string, string>>;
}

/** A Secret that becomes a folder. */
export interface VerificationMount {
  /** Folder below `/bindings`. */
  readonly name: string;
  readonly secretName: string;
  readonly issuer?: string;
}

/** Owner and group of the process, as public Node.js images have them. */
const user = 1000;

/** The Pod of a verification: it meets the restricted Pod security standard, and writes nowhere. */
export function verificationPodSpec(props: VerificationJobProps, parts: VerificationParts): k8s.PodSpec {
  const mounts = mountsOf(props, parts);
  return {
    restartPolicy: 'Never',
    serviceAccountName: parts.serviceAccount,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    // The files of a Secret belong to root. `fsGroup` makes the kubelet give them to this group and let it read: 0400 becomes 0440.
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'verify',
        image: props.image,
        imagePullPolicy: 'IfNotPresent',
        ...commandOf(props, parts),
        resources: resourcesOf(props),
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
        },
        terminationMessagePath: terminationLog,
        terminationMessagePolicy: 'File',
        volumeMounts: mounts.map(({ volume, folder }) => ({ name: volume.name, mountPath: folder, readOnly: true })),
      },
    ],
    volumes: mounts.map(({ volume }) => volume),
  };
}

function commandOf(props: VerificationJobProps, parts: VerificationParts): Pick<k8s.Container, 'command' | 'args'> {
  const { shards = 1, verifier } = props;
  const args = [
    verificationFolders.apiRules,
    ...['--scope-file', `${verificationFolders.scope}/${scopeFile}`],
    ...parts.credentials.flatMap(({ name, issuer }) => {
      const folder = `${verificationFolders.bindings}/${name}`;
      return ['--credentials', issuer === undefined ? folder : `${issuer}=${folder}`];
    }),
    ...['--wait', props.wait ?? '5m'],
    ...['--format', 'ndjson', '--termination-message', terminationLog],
    ...Object.entries(props.labels ?? {}).flatMap(([name, value]) => ['--label', `${name}=${value}`]),
    // Which of the Pods this is stands in its environment: JOB_COMPLETION_INDEX.
    ...(shards > 1 ? ['--shards', String(shards)] : []),
    ...(props.args ?? []),
  ].map(escapeEnvValue);
  if (!verifier) return { args: ['verify', ...args] };
  return { command: ['node'], args: ['-e', verifierLoader, '--', verifier.sha256, verificationFolders.verifier, ...args] };
}

/** Measured on the example and on 1,000 routes: docs/verification-job.md. */
const defaultRequests: VerificationResources = { cpu: '100m', memory: '128Mi' };
const defaultLimits: VerificationResources = { cpu: '1', memory: '384Mi' };

function resourcesOf({ resources = {} }: VerificationJobProps): k8s.ResourceRequirements {
  const quantities = ({ cpu, memory }: VerificationResources) => ({
    cpu: k8s.Quantity.fromString(cpu),
    memory: k8s.Quantity.fromString(memory),
  });
  return { requests: quantities(resources.requests ?? defaultRequests), limits: quantities(resources.limits ?? defaultLimits) };
}

interface Mount {
  readonly volume: k8s.Volume;
  readonly folder: string;
}

function mountsOf({ metadata, verifier }: VerificationJobProps, parts: VerificationParts): Mount[] {
  const projected = (name: string, configMaps: readonly string[]): k8s.Volume => ({
    name,
    projected: { defaultMode: 0o444, sources: configMaps.map((configMap) => ({ configMap: { name: configMap } })) },
  });
  const pieces = verifier && verifierPieces(metadata.name, verifier).map(({ configMap }) => configMap);
  return [
    ...(pieces ? [{ volume: projected('verifier', pieces), folder: verificationFolders.verifier }] : []),
    { volume: projected('api-rules', parts.apiRules), folder: verificationFolders.apiRules },
    { volume: projected('scope', [parts.scope]), folder: verificationFolders.scope },
    ...parts.credentials.map(({ name, secretName }, index) => ({
      volume: { name: `credentials-${index}`, secret: { secretName, defaultMode: 0o400 } },
      folder: `${verificationFolders.bindings}/${name}`,
    })),
  ];
}
