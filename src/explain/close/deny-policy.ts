import type { AccessRequest } from '../../model/access';
import type { Cluster } from '../../model/cluster';
import { decide } from '../../model/decide';
import { UsageError } from '../../model/errors';
import type { IstioObjects } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { normalizeRequest } from '../../model/normalize-request';
import { selects } from '../../model/select-workload';
import { indexServices, selectorOf } from '../../model/service-workload';
import { shortDigest } from '../../model/short-digest';
import { correctIt, refusedAt, whyUnknown, type RefusedApiRule } from '../refused/refused-api-rules';
import { fixOfUnknown } from '../request/fix-of-unknown';
import { parseRequest } from '../request/parse-request';

/** A policy that closes one request, and what a person should know before applying it. */
export interface ClosingPolicy {
  /** `GET https://host/path`. */
  readonly request: string;
  readonly object: JsonObject;
  /** What it affects, one sentence each. */
  readonly remarks: readonly string[];
}

/**
 * The narrowest DENY policy that refuses one request of callers without a valid token.
 * @throws {UsageError} ERR_USAGE when the request is refused already, or the input does not tell the Pods that it reaches
 */
export function closingPolicy(
  cluster: Cluster,
  objects: IstioObjects,
  line: string,
  refused: readonly RefusedApiRule[] = [],
): ClosingPolicy {
  const request = parseRequest(line, '--close');
  const unknown = refusedAt(refused, request.host);
  if (unknown) throw new UsageError(`what becomes of ${line.trim()} is ${whyUnknown(unknown)}`, correctIt);
  const decision = decide(objects, request, new Map());
  const { destination } = decision;
  if (decision.verdict === 'deny' || decision.verdict === 'answer')
    throw new UsageError(
      `${line.trim()} without a token is ${decision.verdict === 'deny' ? `refused already, with ${decision.status}` : 'answered by the gateway itself'}`,
      'There is nothing to close; --request shows why.',
    );
  if (!destination) throw new UsageError(decision.missing ?? 'no workload is known', fixOfUnknown(decision.missing));
  if (destination.workload.assumed)
    throw new UsageError(
      `the Pods of Service ${destination.namespace}/${destination.service} are not in the input`,
      'Give the Service beside the APIRule, so that the policy can select its Pods.',
    );
  const { host, path } = seenByWorkload(request, decision.route?.setRequestHeaders ?? {});
  const selector = selectorOf(indexServices(cluster.services), destination.namespace, destination.service);
  const hasTokens = objects.requestAuthentications.some(
    (one) => one.jwtRules.length > 0 && selects(one, destination.workload, one.apiRule !== undefined) !== false,
  );
  return {
    request: line.trim(),
    object: policy({ request, host, path, namespace: destination.namespace, selector }),
    remarks: [
      `Refuses ${request.method} ${path} of host ${host} with 403 for callers without a valid token, at the Pods of Service ${destination.namespace}/${destination.service}.`,
      hasTokens
        ? 'Callers with a valid token of an issuer that the workload trusts, which names a subject, are not touched; what they get is what the other policies say.'
        : 'The workload trusts no issuer, so no token is valid there: the request is closed for everybody.',
      'Callers inside the cluster are refused, too, when they send this Host. Other methods, hosts and spellings of the path stay as they are.',
      ...(path.endsWith('*') ? ['Istio takes the star at the end of the path for anything that follows.'] : []),
      ...(decision.verdict === 'unknown' ? [`What becomes of the request now is ${decision.missing ?? 'unknown'}.`] : []),
    ],
  };
}

/** Host and path as the workload's proxy compares them. */
function seenByWorkload(
  request: AccessRequest,
  headers: Readonly<Record<string, string>>,
): { readonly host: string; readonly path: string } {
  const normal = normalizeRequest(request);
  const set = Object.entries(headers).find(([name]) => name.toLowerCase() === 'host' || name === ':authority')?.[1];
  const host = set?.replaceAll('%REQ(:AUTHORITY)%', normal?.host ?? request.host) ?? normal?.host ?? request.host;
  return { host: host.toLowerCase(), path: normal?.workloadPath ?? request.target };
}

interface Parts {
  readonly request: AccessRequest;
  readonly host: string;
  readonly path: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
}

function policy({ request: { method }, host, path, namespace, selector }: Parts): JsonObject {
  // The port counts in the comparison of hosts, and a client is free to send one.
  const hosts = host.includes(':') ? [host] : [host, `${host}:*`];
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: `close-${shortDigest([method, host, path])}`, namespace },
    spec: {
      selector: { matchLabels: { ...selector } },
      action: 'DENY',
      rules: [
        {
          from: [{ source: { notRequestPrincipals: ['*'] } }],
          to: [{ operation: { hosts, methods: [method], paths: [path] } }],
        },
      ],
    },
  };
}
