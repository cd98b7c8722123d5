import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiRule, Authentication } from '../../src/model/api-rule';
import { clusterOf, hostIn, type Cluster } from '../../src/model/cluster';
import type { JsonObject } from '../../src/model/json';
import type { Manifest } from '../../src/model/manifest';
import { completeHost } from '../../src/model/names';
import { readManifests } from '../../src/model/read-manifests';
import { readServices } from '../../src/model/read-services';
import { samplePath } from '../../src/model/sample-paths';
import { indexServices } from '../../src/model/service-workload';
import { parseIssuerMap } from '../../src/migrate/issuers/parse-issuer-map';
import type { OldApiRule } from '../../src/migrate/old-api-rule';
import { oldModelOf, type OldModel } from '../../src/migrate/prove/old/old-model';
import type { OldTokenFacts } from '../../src/migrate/prove/old/old-token';
import { replacedIssuers } from '../../src/migrate/prove/old/replaced-issuer';
import { simulateOld } from '../../src/migrate/prove/old/simulate-old';
import { isOldApiRule, readOldApiRule } from '../../src/migrate/read/read-old-api-rule';
import type { RunningLocal } from '../../src/local/start-local';
import { expectedOf, goldenFolder, inputOf, optionOf, writtenBy } from './golden-cases';
import { manifestOf } from './local-manifests';
import { call, tokenOf } from './local-run';
import { pathsAround } from './old-paths';
import { speaksOf, type ToldRequest } from './told-closed';

/** Domain of hosts of one label. */
export const goldenDomain = 'example.com';

/** An APIRule of a case, before and after. */
export interface Pair {
  readonly old: OldApiRule;
  readonly apiRule: ApiRule;
  readonly host: string;
}

/** A case with its two states. */
export interface GoldenStates {
  readonly name: string;
  readonly manifests: readonly Manifest[];
  readonly pairs: readonly Pair[];
  readonly model: OldModel;
}

/** Reads what a case had and what it wrote. */
export function statesOf(name: string): GoldenStates {
  const before = inputOf(name).flatMap(([path, text]) => readManifests(text, path).manifests);
  const written = writtenBy(name).flatMap(([path, text]) => readManifests(text, path).manifests);
  const manifests = runnable(written);
  const { cluster } = clusterOf(manifests, { domain: goldenDomain });
  const olds = before.filter(isOldApiRule).flatMap((manifest) => readOldApiRule(manifest).apiRule ?? []);
  const pairs = olds.flatMap((old) => pairOf(old, cluster));
  const oldJwtHandler = optionOf(name, '--old-jwt-handler') === 'istio' ? 'istio' : 'ory';
  const map = optionOf(name, '--issuers');
  const issuers = map === undefined ? [] : parseIssuerMap(readFileSync(join(goldenFolder, name, map), 'utf8'), map);
  const model = oldModelOf({
    apiRules: pairs.map(({ old }) => old),
    hostOf: ({ host }) => completeHost(host.toLowerCase(), goldenDomain),
    services: indexServices(cluster.services),
    beside: { authorizationPolicies: [], requestAuthentications: [] },
    replaced: replacedIssuers(issuers),
    oldJwtHandler,
  });
  return { name, manifests, pairs, model };
}

/** What is asked is the gateway: an echo stands for each Function, behind the Service that the Function implies. */
function runnable(manifests: readonly Manifest[]): Manifest[] {
  const rest = manifests.filter(({ kind }) => !['Function', 'ServiceInstance', 'ServiceBinding'].includes(kind));
  const implied = readServices(manifests).filter(({ manifest }) => manifest.kind === 'Function');
  const services = implied.map(({ namespace, name, selector, ports }) =>
    manifestOf({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace },
      spec: { selector: { ...selector }, ports: ports.map((port) => ({ port })) },
    }),
  );
  return [...rest, ...services];
}

function pairOf(old: OldApiRule, cluster: Cluster): Pair[] {
  const apiRule = cluster.apiRules.find(({ namespace, name }) => namespace === old.namespace && name === old.name);
  return apiRule ? [{ old, apiRule, host: hostIn(cluster, apiRule, apiRule.hosts[0] ?? '') }] : [];
}

interface Shown {
  /** Of the token; absent for nobody. */
  readonly issuer?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
  readonly facts: OldTokenFacts;
}

/** Sends requests of every kind to the new rules, asks the model of the old ones about the same, and tells where they differ beyond the report. */
export async function differences({ name, pairs, model }: GoldenStates, running: RunningLocal): Promise<string[]> {
  const told = reportOf(name);
  const found: string[] = [];
  for (const { old, apiRule, host } of pairs) {
    const paths = new Set([...old.rules.flatMap(({ path }) => pathsAround(path)), ...apiRule.rules.map(({ path }) => samplePath(path))]);
    for (const caller of await callersOf(apiRule, running))
      for (const path of paths) {
        const lines = await compare({ model, host, path, caller, running });
        found.push(...lines.filter((line) => !told(line, caller.issuer)).map(({ text }) => `${text} (${caller.issuer ?? 'nobody'})`));
      }
  }
  return found;
}

interface Difference {
  readonly kind: 'opened' | 'closed';
  readonly host: string;
  readonly method: string;
  readonly text: string;
}

interface Compared {
  readonly model: OldModel;
  readonly host: string;
  readonly path: string;
  readonly caller: Shown;
  readonly running: RunningLocal;
}

async function compare({ model, host, path, caller, running }: Compared): Promise<Difference[]> {
  const methods = ['GET', 'POST', 'DELETE', 'OPTIONS'];
  const target = `${path}${caller.query}`;
  const before = methods.map((method) => simulateOld(model, { host, method, target, headers: caller.headers }, caller.facts).verdict);
  const entered = before.includes('forward');
  const found: Difference[] = [];
  for (const [at, method] of methods.entries()) {
    const { status } = await call(running, host, target, { method, headers: caller.headers });
    const text = `${method} ${host}${path}: ${before[at] ?? ''} before, ${status} now`;
    // OPTIONS joins the methods of a rule for those whom other methods let in.
    if (before[at] === 'deny' && status === 200 && !(method === 'OPTIONS' && entered)) found.push({ kind: 'opened', host, method, text });
    if (before[at] === 'forward' && status !== 200) found.push({ kind: 'closed', host, method, text });
  }
  return found;
}

/** Whether the report of a case tells of a difference. */
function reportOf(name: string): (difference: Difference, issuer: string | undefined) => boolean {
  const { data } = JSON.parse(expectedOf(name).get('report.json') ?? '{}') as { data?: { proof?: Record<string, ToldRequest[]>[] } };
  const proofs = data?.proof ?? [];
  return ({ kind, host, method }, issuer) =>
    proofs.some((proof) =>
      (kind === 'opened' ? ['widened'] : ['closed']).some((list) =>
        (proof[list] ?? []).some((told) => told.host === host && told.methods.includes(method) && speaksOf(told, issuer)),
      ),
    );
}

async function callersOf(apiRule: ApiRule, { issuers }: RunningLocal): Promise<Shown[]> {
  const trusted = apiRule.rules.flatMap(({ access }) => (access.kind === 'jwt' ? access.jwt.authentications : []));
  const withTokens = trusted.map(async (authentication) => {
    const token = await tokenOf(issuers.find(({ plan }) => plan.issuer === authentication.issuer));
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as JsonObject;
    const facts: OldTokenFacts = new Map([[token, { issuer: authentication.issuer, claims }]]);
    return { issuer: authentication.issuer, facts, ...placed(authentication, token) };
  });
  return [{ headers: {}, query: '', facts: new Map() }, ...(await Promise.all(withTokens))];
}

function placed({ fromHeaders, fromParams }: Authentication, token: string): Pick<Shown, 'headers' | 'query'> {
  const [header] = fromHeaders ?? [];
  const [param] = fromParams ?? [];
  if (param !== undefined) return { headers: {}, query: `?${param}=${token}` };
  if (!header) return { headers: { authorization: `Bearer ${token}` }, query: '' };
  return { headers: { [header.name.toLowerCase()]: `${header.prefix ?? ''}${token}` }, query: '' };
}
