import { createServer, type IncomingMessage } from 'node:http';
import { clientCredentials } from '../../src/local/client-credentials';
import { accessRequest } from '../../src/local/gateway-request';
import { planIssuers } from '../../src/local/issuer-plan';
import { startIssuer, type LocalIssuer } from '../../src/local/issuer-server';
import type { Client } from '../../src/local/token-endpoint';
import { tokenFact } from '../../src/local/token-facts';
import type { AccessRequest } from '../../src/model/access';
import type { JsonObject } from '../../src/model/json';
import { parsePathTemplate } from '../../src/model/path-template';
import { readApiRules } from '../../src/model/read-api-rules';
import { readManifests } from '../../src/model/read-manifests';
import { samplePaths } from '../../src/model/sample-paths';
import type { VerbOutcome } from '../../src/model/verb-outcome';
import { issuerAddresses } from '../../src/token/issuer-addresses';
import type { Credentials } from '../../src/token/credentials';
import { parseCredentials } from '../../src/token/parse-credentials';
import { publicJwks } from '../../src/token/sign';
import { runVerify } from '../../src/verify/verify';
import { serve, type RunningServer } from '../support/http-server';
import { placeCase, type CaseRequest, type ConformanceCase } from './conformance-case';
import { exampleManifests } from './example-case';
import { modelOutcome, type Outcome } from './outcome';
import { nameTokens } from './name-tokens';
import type { MintedTokens } from './token-recipes';

/** Every request of one run of `verify`, each as often as it went out. */
export interface RecordedVerify {
  readonly case: ConformanceCase;
  /** The tokens of the run, by names of their own. */
  readonly tokens: MintedTokens;
  /** Ids of all that `verify` found wrong; before a sound gateway it finds nothing. */
  readonly raised: readonly string[];
  /** Requests that `verify` says it has sent. */
  readonly sent: number;
}

/** Where the case stands while it is recorded; nothing else in the requests reads like this. */
const place = 'recorded-place';

/** Headers that belong to the connection: the client that repeats the request writes its own. */
const ofConnection: ReadonlySet<string> = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

const folder = 'dist/dev';

/**
 * Runs `verify` with everything that it can use before a gateway that decides by the model, and keeps what it sends.
 *
 * @param requestsPerRoute the first variants of each probe only. @default - those of the profile `full`
 */
export async function recordVerify(requestsPerRoute?: number): Promise<RecordedVerify> {
  const manifests = await exampleManifests(folder);
  const { objects } = placeCase({ name: '', manifests, requests: [] }, place, new Map());
  const issuers = await Promise.all(planIssuers(objects, []).map((plan) => startIssuer(plan)));
  const checks = checksOf(issuers);
  const recorded: CaseRequest[] = [];
  const decided = (access: AccessRequest): Promise<Outcome> => modelOutcome(objects, access, checks.factOf);
  const gateway = await startRecording(decided, workloadOf(manifests), (request) => recorded.push(request));
  try {
    const hosts = objects.virtualServices.flatMap((service) => service.hosts);
    const outcome = await verifyAll(JSON.stringify(manifests), Object.fromEntries(hosts.map((host) => [host, gateway.url])), {
      issuers,
      ...(requestsPerRoute !== undefined && { requestsPerRoute }),
    });
    const { requests, ...named } = nameTokens(recorded);
    return {
      case: { name: `what verify sends on ${folder}`, manifests, requests },
      tokens: { ...named, ...checks },
      raised: outcome.results
        .filter(({ status, severity }) => ['fail', 'warn', 'error'].includes(status) && severity !== 'info')
        .map(({ id }) => id),
      sent: Number(outcome.data?.['requests']),
    };
  } finally {
    await Promise.all([gateway.close(), ...issuers.map((issuer) => issuer.close())]);
  }
}

/** How tokens of the issuers are checked by the gateways. */
function checksOf(issuers: readonly LocalIssuer[]): Pick<MintedTokens, 'keysOf' | 'factOf'> {
  const published = new Map(issuers.map(({ plan, keys }) => [plan.issuer, publicJwks(keys()).keys]));
  return {
    keysOf: (issuer) => ({ keys: published.get(issuer) ?? [] }),
    factOf: (token) => tokenFact(token, { keysOf: (issuer) => Promise.resolve(published.get(issuer)), now: Date.now() / 1000 }),
  };
}

function startRecording(
  decided: (access: AccessRequest) => Promise<Outcome>,
  workload: Workload,
  record: (request: CaseRequest) => void,
): Promise<RunningServer> {
  const server = createServer((incoming, response) => {
    incoming.resume();
    const access = accessRequest(incoming, 0);
    record(recordedRequest(incoming, access));
    void decided(access).then((outcome) => {
      const { status, type, body } = replyOf(outcome, workload);
      response.writeHead(status, type === '' ? {} : { 'content-type': type }).end(access.method === 'HEAD' ? undefined : body);
    });
  });
  return serve(() => undefined, server);
}

interface Asking {
  readonly issuers: readonly LocalIssuer[];
  readonly requestsPerRoute?: number;
}

function verifyAll(items: string, targets: Readonly<Record<string, string>>, { issuers, ...limit }: Asking): Promise<VerbOutcome> {
  const text = `{"apiVersion":"v1","kind":"List","items":${items.replaceAll('@case', place)}}`;
  const credentials = issuers.map((issuer) => credentialsOf(issuer, issuer.accepted));
  const denied = issuers.flatMap((issuer) => (issuer.refused ? [credentialsOf(issuer, issuer.refused)] : []));
  return runVerify({
    manifests: readManifests(text, 'example.json').manifests,
    options: {
      ...{ targets, profile: 'full' as const, credentials, ...limit },
      issuers: issuerAddresses(issuers.map(({ plan, base }) => [plan.issuer, base])),
      denied: denied.map((one) => ({ label: one.label, credentials: one, onlyWhereRefused: true })),
      signingKeys: { byIssuer: new Map(issuers.map(({ plan, keys }) => [plan.issuer, keys()])), others: [] },
    },
    tools: { runId: 'conformance', userAgent: 'kyma-guard-conformance', pause: () => Promise.resolve() },
  });
}

function credentialsOf(issuer: LocalIssuer, client: Client): Credentials {
  return parseCredentials(JSON.stringify(clientCredentials(issuer, client)), client.plan.clientId, { issuer: issuer.plan.issuer });
}

function recordedRequest({ rawHeaders }: IncomingMessage, { host, method, target }: AccessRequest): CaseRequest {
  const all = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : []));
  const headers = all.filter(([name]) => !ofConnection.has(name.toLowerCase()));
  return unplaced({ method, target, host, headers });
}

function unplaced(request: CaseRequest): CaseRequest {
  return JSON.parse(JSON.stringify(request).replaceAll(place, '@case')) as CaseRequest;
}

/** What the workloads know: the paths that the rules name, and what the authors of the rules expect in good answers. */
interface Workload {
  readonly isKnown: (target: string) => boolean;
  readonly says: string;
}

function workloadOf(manifests: readonly JsonObject[]): Workload {
  const { apiRules } = readApiRules(
    readManifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }), 'example').manifests,
  );
  const templates = apiRules.flatMap(({ rules }) => rules.flatMap(({ path }) => parsePathTemplate(path) ?? []));
  const known = new Set(templates.filter(({ everything }) => !everything).flatMap(samplePaths));
  const markers = [...JSON.stringify(manifests).matchAll(/\\"marker\\":\\"([^"\\]*)/g)].map((match) => match[1]);
  return { isKnown: (target) => known.has(target.split('?', 1)[0] ?? ''), says: markers.join(' ') };
}

function replyOf(outcome: Outcome, { isKnown, says }: Workload): { readonly status: number; readonly type: string; readonly body: string } {
  if (outcome.kind === 'unknown') return { status: 503, type: 'text/plain', body: 'the model does not know' };
  if (outcome.kind === 'answered') return { status: outcome.status, type: outcome.body === '' ? '' : 'text/plain', body: outcome.body };
  if (!isKnown(outcome.target)) return { status: 404, type: 'application/json', body: '{}' };
  return { status: 200, type: 'application/json', body: JSON.stringify({ service: outcome.service, says, secret: 4711 }) };
}
