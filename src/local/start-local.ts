import { join } from 'node:path';
import type { Files } from '../files/files';
import { createSender } from '../http/sender';
import { apiRulesDigest } from '../model/api-rules-digest';
import { clusterOf } from '../model/cluster';
import { LocalStartError, ManifestInvalidError, NothingFoundError } from '../model/errors';
import type { IstioObjects } from '../model/istio';
import type { LocalSession } from '../model/local-session';
import type { Manifest } from '../model/manifest';
import { translate } from '../model/translate';
import { bindingData, dataObjects, xsuaaAppNames } from './binding-data';
import { gatewayProgram, startChosenGateway } from './choose-gateway';
import { createIssuerKeys } from './issuer-keys';
import { issuersNamed } from './issuers-named';
import { planIssuers, type IssuerPlan } from './issuer-plan';
import { startIssuer, type LocalIssuer } from './issuer-server';
import { mountNames } from './mounts';
import { writeRunFiles, writeSigningKeys, type RunFiles } from './run-folder';
import { startWorkloads } from './start-workloads';
import { tokenFact } from './token-facts';
import { createUndo } from './undo';

/** What runs, and where its files go. */
export interface LocalOptions {
  readonly manifests: readonly Manifest[];
  readonly files: Files;
  /** Folder of this run, for keys, bindings and sources; created with mode 0700 and removed at the end. */
  readonly folder: string;
  /** Completes hosts of one label. @default - the wildcard host of the Gateway in the input, else `localhost` */
  readonly domain?: string;
  /** `namespace/name` of a Service to the base URL of a workload that already runs. @default {} */
  readonly upstreams?: Readonly<Record<string, string>>;
  /** Issuers that do not answer: issuer string, its host or the start of that, or the name of its application. @default [] */
  readonly issuersDown?: readonly string[];
  /** What enforces the APIRules. @default 'embedded' */
  readonly gateway?: LocalSession['gateway'];
  /** The Envoy program. @default - the first `envoy` on the search path */
  readonly envoyProgram?: string;
  /** Port of the gateway. @default 0, a free one */
  readonly port?: number;
  /** Value of PATH for the processes of Functions. */
  readonly searchPath: string;
  /** Further variables for `npm install` alone. @default {} */
  readonly npmEnvironment?: Readonly<Record<string, string>>;
  /** Compiled entry of the function runtime. @default - the one of this package */
  readonly runtimeEntry?: string;
  /** Takes lines for people: output of Functions, what is missing. */
  readonly log: (line: string) => void;
  /** Gives up starting when it aborts. */
  readonly signal?: AbortSignal;
}

/** A data plane that runs on this machine. */
export interface RunningLocal {
  readonly session: LocalSession;
  readonly issuers: readonly LocalIssuer[];
  /** Process ids of the Functions, by `namespace/name`. */
  readonly pids: () => Readonly<Record<string, number>>;
  /** Ends everything and removes the folder of the run. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts issuers, Functions and the gateway on 127.0.0.1, and resolves when all of them answer.
 * @throws {NothingFoundError} ERR_NOTHING_FOUND when no APIRule is in the input
 * @throws {ManifestInvalidError} ERR_MANIFEST_INVALID when the manifests are no cluster that could exist
 * @throws {LocalStartError} ERR_LOCAL_START when a part does not start, or Envoy is wanted and not there
 * @throws {UsageError} ERR_USAGE when an issuer to be down or the Service of an upstream is not in the manifests
 */
export async function startLocal(options: LocalOptions): Promise<RunningLocal> {
  const objects = objectsOf(options);
  const plans = planIssuers(objects, xsuaaAppNames(options.manifests));
  const down = issuersNamed(plans, options.issuersDown ?? []);
  const program = await gatewayProgram(options);
  const undo = createUndo();
  try {
    return await start(options, objects, plans, { down, program }, undo);
  } catch (error) {
    await undo.all();
    throw error;
  }
}

function objectsOf({ manifests, domain }: LocalOptions): IstioObjects {
  const { cluster, problems } = clusterOf(manifests, domain === undefined ? {} : { domain });
  const failed = problems.filter(({ status }) => status === 'fail');
  if (failed.length > 0) throw new ManifestInvalidError(failed);
  if (cluster.apiRules.length === 0) throw new NothingFoundError('no APIRule was found in the input');
  const domains = Object.keys(cluster.domains).length > 0 ? cluster.domains : { '*': 'localhost' };
  return translate({ ...cluster, domains });
}

async function start(
  options: LocalOptions,
  objects: IstioObjects,
  plans: readonly IssuerPlan[],
  { down, program }: { readonly down: ReadonlySet<string>; readonly program: string | undefined },
  undo: ReturnType<typeof createUndo>,
): Promise<RunningLocal> {
  const { files, folder, manifests, log, signal } = options;
  await files.makeFolder(folder, 0o700);
  undo.add(() => files.remove(folder));
  const rotated: { tell: () => Promise<void> } = { tell: () => Promise.resolve() };
  const issuers = await startIssuers(options, plans, down, undo, () => rotated.tell());
  const { secrets, notes } = bindingData(manifests, issuers);
  notes.forEach(log);
  const written = await writeRunFiles(files, folder, issuers, secrets, mountNames(manifests));
  const { upstreamOf, functions } = await startWorkloads({
    ...{ manifests, objects, upstreams: options.upstreams ?? {}, folder, files, log },
    secrets: new Map([...dataObjects(manifests, 'Secret'), ...secrets]),
    configMaps: dataObjects(manifests, 'ConfigMap'),
    runtimeEntry: options.runtimeEntry ?? join(__dirname, 'runtime', 'main.js'),
    searchPath: options.searchPath,
    npmEnvironment: options.npmEnvironment ?? {},
    ...(signal && { signal }),
    atEnd: undo.add,
  });
  if (signal?.aborted) throw new LocalStartError('the start was interrupted', 'Run the command again.');
  const enforced = { objects, issuers, factOf: tokenChecker(issuers, undo), upstreamOf, port: options.port ?? 0, log };
  const gateway = await startChosenGateway(program, enforced, options);
  rotated.tell = gateway.refresh;
  undo.add(() => gateway.close());
  const inputDigest = apiRulesDigest(manifests);
  const session = { ...sessionOf(objects, gateway.url, issuers), inputDigest, gateway: options.gateway ?? 'embedded', ...written };
  return { session, issuers, pids: () => Object.fromEntries(functions.map((one) => [one.key, one.pid() ?? 0])), stop: undo.all };
}

function sessionOf(
  objects: IstioObjects,
  gatewayUrl: string,
  issuers: readonly LocalIssuer[],
): Omit<LocalSession, keyof RunFiles | 'gateway' | 'inputDigest'> {
  const hosts = [...new Set(objects.virtualServices.flatMap((service) => service.hosts))].sort();
  return {
    schemaVersion: 1,
    pid: process.pid,
    targets: Object.fromEntries(hosts.map((host) => [host, gatewayUrl])),
    issuers: Object.fromEntries(issuers.map(({ plan, base }) => [plan.issuer, base])),
  };
}

async function startIssuers(
  { files, folder }: LocalOptions,
  plans: readonly IssuerPlan[],
  down: ReadonlySet<string>,
  undo: ReturnType<typeof createUndo>,
  afterRotation: () => Promise<void>,
): Promise<readonly LocalIssuer[]> {
  const issuers: LocalIssuer[] = [];
  const onRotate = async (): Promise<void> => {
    await writeSigningKeys(files, folder, issuers);
    await afterRotation();
  };
  for (const plan of plans) {
    const issuer = await startIssuer(plan, { down: down.has(plan.issuer), onRotate });
    undo.add(() => issuer.close());
    issuers.push(issuer);
  }
  return issuers;
}

function tokenChecker(
  issuers: readonly LocalIssuer[],
  undo: ReturnType<typeof createUndo>,
): (token: string) => ReturnType<typeof tokenFact> {
  const sender = createSender({ userAgent: 'kyma-guard-local', runId: crypto.randomUUID(), timeoutMs: 2000 });
  undo.add(() => {
    sender.close();
    return Promise.resolve();
  });
  const sources = issuers.flatMap(({ plan, base }) => plan.jwksUris.map((jwksUri) => ({ issuer: plan.issuer, jwksUri, at: base })));
  const keys = createIssuerKeys(sender, sources);
  return (token) => tokenFact(token, { keysOf: (issuer, kid) => keys.of(issuer, kid), now: Date.now() / 1000 });
}
