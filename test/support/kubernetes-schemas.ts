import { k8s } from 'cdk8s-plus-27';
import { CronJob, Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { ConfigMap, Namespace, ServiceAccount } from 'kubernetes-models/v1';
import type { JsonObject } from '../../src/model/json';
import { textOf } from '../../src/model/json-fields';
import { schemaRefusals } from './crd-schemas';

interface Kind {
  /** Checks against the OpenAPI schema of Kubernetes 1.27. */
  readonly validate: (body: object) => void;
  /** Writes the object through the types of cdk8s-plus-27, which leave out what they do not know. */
  readonly rewrite: (body: never) => unknown;
}

const kinds: Readonly<Record<string, Kind>> = {
  'batch/v1 Job': { validate: (body) => new Job(body).validate(), rewrite: (body) => k8s.KubeJob.manifest(body) },
  'batch/v1 CronJob': { validate: (body) => new CronJob(body).validate(), rewrite: (body) => k8s.KubeCronJob.manifest(body) },
  'networking.k8s.io/v1 NetworkPolicy': {
    validate: (body) => new NetworkPolicy(body).validate(),
    rewrite: (body) => k8s.KubeNetworkPolicy.manifest(body),
  },
  'v1 ConfigMap': { validate: (body) => new ConfigMap(body).validate(), rewrite: (body) => k8s.KubeConfigMap.manifest(body) },
  'v1 Namespace': { validate: (body) => new Namespace(body).validate(), rewrite: (body) => k8s.KubeNamespace.manifest(body) },
  'v1 ServiceAccount': {
    validate: (body) => new ServiceAccount(body).validate(),
    rewrite: (body) => k8s.KubeServiceAccount.manifest(body),
  },
};

/** What an API server of that version says to an object, going by its schema; unknown fields count as refused, because it would drop them. */
export function kubernetesRefusals(body: JsonObject): string[] {
  const id = `${textOf(body['apiVersion'])} ${textOf(body['kind'])}`;
  const kind = kinds[id];
  if (!kind) return schemaRefusals(body);
  return [...schemaProblems(kind, body), ...unknownFields(body, plain(kind.rewrite(wrapped(body) as never)))];
}

function schemaProblems({ validate }: Kind, body: JsonObject): string[] {
  try {
    validate(body);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

/** The types want quantities and ports wrapped, and unwrap them again. */
function wrapped(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => wrapped(entry));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, wrapped(member, quantityParents.has(key) ? 'quantity' : name)]),
    );
  return key === 'quantity' || key === 'port' ? { value } : value;
}

const quantityParents = new Set(['limits', 'requests']);

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Paths that are in `given` and not in `known`. */
function unknownFields(given: unknown, known: unknown, path = ''): string[] {
  if (Array.isArray(given))
    return given.flatMap((entry, index) => unknownFields(entry, Array.isArray(known) ? known[index] : undefined, `${path}[${index}]`));
  if (typeof given !== 'object' || given === null) return known === undefined ? [`${path} is unknown`] : [];
  if (typeof known !== 'object' || known === null) return [`${path} is unknown`];
  return Object.entries(given).flatMap(([name, member]) => unknownFields(member, Reflect.get(known, name), `${path}.${name}`));
}
