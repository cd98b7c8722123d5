import { join } from 'node:path';
import type { Environment } from '../config/environment';
import { environmentsOf, loadConfig, type LoadedConfig } from '../config/load-config';
import type { FileText, Files } from '../files/files';
import type { CheckResult } from '../model/check-result';
import { ConfigInvalidError, UsageError } from '../model/errors';
import type { VerbOutcome } from '../model/verb-outcome';
import { bundleFunction, BundleError, type BundledSource } from './bundle-function';
import { compareOutput, written } from './compare-output';
import { derivedLocks } from './derived-locks';
import { checkHold, heldResults, heldVerification, type HeldRule } from './hold';
import { recordInput } from './input-digest';
import { withKustomizations } from './kustomization';
import { issuerSecrets, type IssuerSecret } from './issuer-secrets';
import { checkReplaceable, constructMetadataFile, listOutput } from './output-folder';
import { readVerifier } from './read-verifier';
import { synthesize, unusable, type Synthesis } from './synthesize';
import type { Verifier } from './verification-unit';

/** What `synth` is asked for. */
export interface SynthOptions {
  readonly files: Files;
  /** Path of the configuration. */
  readonly config: string;
  /** Output folder. @default - `dist` beside the configuration */
  readonly out?: string;
  /** Only these environments; the folders of the others stay as they are. @default - all */
  readonly env?: readonly string[];
  /** Issuers whose API rules may be left out. @default - only those that the configuration holds */
  readonly hold?: readonly string[];
  /** Write the ConfigMaps with the verifier too, where a verification runs it from there. @default false */
  readonly withVerifier?: boolean;
  /** File with the verifier. @default - that of this package */
  readonly verifier?: string;
  /** Write a `kustomization.yaml` per environment. @default false */
  readonly kustomization?: boolean;
  /** Compare instead of writing. @default false */
  readonly check?: boolean;
  /** Write `construct-metadata.json` too. @default false */
  readonly constructMetadata?: boolean;
  /** Receives notices for people. */
  readonly log: (line: string) => void;
}

/** What `synth` did. */
export interface SynthOutcome extends VerbOutcome {
  /** Output folder. */
  readonly out: string;
  /** Names of the environments, in the order of the file; empty when none are declared. */
  readonly environments: readonly string[];
  /** Relative to `out`. */
  readonly files: readonly string[];
  readonly held: readonly HeldRule[];
  /** Where the credentials of XSUAA issuers are, or will be. */
  readonly secrets: readonly IssuerSecret[];
  /** Relative to `out`. */
  readonly removed: readonly string[];
  /** False when only compared, or when something forbade to write. */
  readonly isWritten: boolean;
  /** True when a verification job was written without the ConfigMaps that its verifier comes from. */
  readonly isVerifierApart: boolean;
  /** SHA-256 over configuration, overlays, lock file and all that they refer to, in hex. */
  readonly inputDigest: string;
}

/**
 * Reads the configuration and writes its manifests: all of them or, on any error, none.
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID with every problem of the configuration
 * @throws {OutputUnwritableError} ERR_OUTPUT_UNWRITABLE when the folder cannot be replaced
 * @throws {UsageError} ERR_USAGE when the folder holds what synth did not write
 */
export async function runSynth(options: SynthOptions): Promise<SynthOutcome> {
  const { env = [], hold = [] } = options;
  const input = recordInput(options.files);
  const loaded = await loadConfig(input.files, options.config);
  const environments = environmentsOf(loaded, ...env);
  checkHold(environments, hold);
  const verifier = await verifierOf(environments, options);
  const synthesis = await synthesisOf(input.files, loaded, environments, options, verifier);
  const out = options.out ?? join(loaded.folder, 'dist');
  const done = {
    out,
    environments: environments.flatMap(({ name }) => name ?? []),
    files: synthesis.files.map(({ path }) => path),
    held: synthesis.held,
    secrets: environments.flatMap(issuerSecrets),
    removed: [],
    isWritten: false,
    isVerifierApart: verifier?.isWritten === false && synthesis.files.some(({ path }) => path.endsWith('/verification.k8s.yaml')),
    inputDigest: input.digest(loaded.folder),
  };
  if (synthesis.results.length > 0) return { ...done, results: synthesis.results };
  const outputs =
    env.length === 0
      ? [{ folder: out, below: '', wanted: synthesis.files }]
      : done.environments.map((name) => outputOf(name, out, synthesis));
  const notices = [
    ...environments.flatMap(derivedLocks),
    ...heldResults(synthesis.held),
    ...environments.flatMap((one) => heldVerification(one, synthesis.held)),
  ];
  if (options.check) return { ...done, results: [...(await compare(outputs, options)), ...notices] };
  const removed = await write(outputs, out, synthesis, options);
  return {
    ...done,
    removed,
    isWritten: true,
    results: [...outputs.map(({ folder, wanted }) => written(folder, wanted.length)), ...notices],
  };
}

async function synthesisOf(
  files: Files,
  loaded: LoadedConfig,
  environments: readonly Environment[],
  { hold = [], kustomization = false }: SynthOptions,
  verifier: Verifier | undefined,
): Promise<Synthesis> {
  const synthesis = await synthesizeAll(files, loaded, environments, hold, verifier);
  if (!kustomization) return synthesis;
  const names = environments.map(({ name }) => name);
  return { ...synthesis, files: withKustomizations(synthesis.files, names) };
}

/** Read apart from the input: it belongs to this program, not to what the run was made of. */
async function verifierOf(
  environments: readonly Environment[],
  { files, verifier, withVerifier = false }: SynthOptions,
): Promise<Verifier | undefined> {
  const content = await readVerifier(environments, files, verifier);
  if (withVerifier && !content)
    throw new UsageError(
      '--with-verifier has nothing to write: no environment of this call has a verification that runs it',
      'Leave it out.',
    );
  return content && { content, isWritten: withVerifier };
}

interface Output {
  readonly folder: string;
  /** Where it stands in the whole output: empty, or the environment and `/`. */
  readonly below: string;
  /** Paths relative to `folder`. */
  readonly wanted: readonly FileText[];
}

function outputOf(environment: string, out: string, { files }: Synthesis): Output {
  const below = `${environment}/`;
  const own = files.filter(({ path }) => path.startsWith(below));
  return { folder: join(out, environment), below, wanted: own.map(({ path, text }) => ({ path: path.slice(below.length), text })) };
}

async function compare(outputs: readonly Output[], { files }: SynthOptions): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const { folder, wanted } of outputs) results.push(...(await compareOutput(files, folder, wanted, await listOutput(files, folder))));
  return results;
}

async function write(
  outputs: readonly Output[],
  out: string,
  synthesis: Synthesis,
  { files, log, ...options }: SynthOptions,
): Promise<string[]> {
  const before = new Map<Output, readonly string[]>();
  for (const output of outputs) {
    const present = await listOutput(files, output.folder);
    await checkReplaceable(files, output.folder, present);
    before.set(output, present);
  }
  const withMetadata = options.constructMetadata === true && (options.env ?? []).length === 0;
  const removed: string[] = [];
  for (const [{ folder, below, wanted }, present] of before) {
    await files.replaceFolder(folder, withMetadata ? [...wanted, metadataFile(synthesis)] : wanted);
    const names = new Set(wanted.map(({ path }) => path));
    removed.push(...present.filter((path) => !names.has(path) && path !== constructMetadataFile).map((path) => below + path));
  }
  for (const path of removed) log(`removed ${join(out, path)}, which the configuration does not make any more`);
  return removed;
}

function metadataFile({ constructs }: Synthesis): FileText {
  return { path: constructMetadataFile, text: JSON.stringify({ version: '1.0.0', resources: constructs }) };
}

/** Bundles the sources and turns all environments into manifests. */
export async function synthesizeAll(
  files: Files,
  { folder }: LoadedConfig,
  environments: readonly Environment[],
  hold: readonly string[],
  verifier?: Verifier,
): Promise<Synthesis> {
  const problems: CheckResult[] = [];
  const inputs = [];
  for (const environment of environments)
    inputs.push({ environment, hold, verifier, sources: await bundleSources(files, folder, environment, problems) });
  const synthesis = problems.length > 0 ? undefined : synthesize(inputs);
  problems.push(...(synthesis?.results.filter(({ id }) => id === 'config-unusable') ?? []));
  if (!synthesis || problems.length > 0) throw new ConfigInvalidError(unique(problems));
  return synthesis;
}

async function bundleSources(
  files: Files,
  root: string,
  environment: Environment,
  problems: CheckResult[],
): Promise<Record<string, BundledSource>> {
  const sources: Record<string, BundledSource> = {};
  for (const [name, { source, runtime }] of Object.entries(environment.config.functions ?? {})) {
    if (typeof source !== 'string') continue;
    try {
      sources[name] = await bundleFunction({ files, root, folder: source, runtime });
    } catch (error) {
      if (!(error instanceof BundleError)) throw error;
      problems.push(...error.problems.map((message) => unusable(environment, ['functions', name, 'source'], message)));
    }
  }
  return sources;
}

function unique(results: readonly CheckResult[]): CheckResult[] {
  return [...new Map(results.map((result) => [JSON.stringify([result.where, result.message]), result])).values()];
}
