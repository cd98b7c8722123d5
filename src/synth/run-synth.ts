import { join } from 'node:path';
import type { Environment } from '../config/environment';
import { environmentsOf, loadConfig, type LoadedConfig } from '../config/load-config';
import type { FileText, Files } from '../files/files';
import type { CheckResult } from '../model/check-result';
import { ConfigInvalidError } from '../model/errors';
import type { VerbOutcome } from '../model/verb-outcome';
import { bundleFunction, BundleError, type BundledSource } from './bundle-function';
import { compareOutput, written } from './compare-output';
import { derivedLocks } from './derived-locks';
import { checkHold, heldResults, type HeldRule } from './hold';
import { checkReplaceable, constructMetadataFile, listOutput } from './output-folder';
import { synthesize, unusable, type Synthesis } from './synthesize';

/** What `synth` is asked for. */
export interface SynthOptions {
  readonly files: Files;
  /** Path of the configuration. */
  readonly config: string;
  /** Output folder. @default - `dist` beside the configuration */
  readonly out?: string;
  /** Only this environment; the folders of the others stay as they are. @default - all */
  readonly env?: string;
  /** Issuers whose API rules may be left out. @default - only those that the configuration holds */
  readonly hold?: readonly string[];
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
  readonly files: readonly string[];
  readonly held: readonly HeldRule[];
  readonly removed: readonly string[];
}

/**
 * Reads the configuration and writes its manifests: all of them or, on any error, none.
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID with every problem of the configuration
 * @throws {OutputUnwritableError} ERR_OUTPUT_UNWRITABLE when the folder cannot be replaced
 * @throws {UsageError} ERR_USAGE when the folder holds what synth did not write
 */
export async function runSynth(options: SynthOptions): Promise<SynthOutcome> {
  const { files, env, hold = [] } = options;
  const loaded = await loadConfig(files, options.config);
  const environments = environmentsOf(loaded, env);
  checkHold(environments, hold);
  const synthesis = await synthesizeAll(files, loaded, environments, hold);
  const out = options.out ?? join(loaded.folder, 'dist');
  const done = { out, files: synthesis.files.map(({ path }) => path), held: synthesis.held };
  if (synthesis.results.length > 0) return { ...done, removed: [], results: synthesis.results };
  const output: Output = {
    folder: env === undefined ? out : join(out, env),
    wanted: env === undefined ? synthesis.files : below(env, synthesis.files),
  };
  const present = await listOutput(files, output.folder);
  const notices = [...environments.flatMap(derivedLocks), ...heldResults(synthesis.held)];
  if (options.check)
    return { ...done, removed: [], results: [...(await compareOutput(files, output.folder, output.wanted, present)), ...notices] };
  const removed = await write(output, present, synthesis, options);
  return { ...done, removed, results: [written(output.folder, output.wanted.length), ...notices] };
}

interface Output {
  readonly folder: string;
  /** Paths relative to `folder`. */
  readonly wanted: readonly FileText[];
}

function below(folder: string, files: readonly FileText[]): FileText[] {
  return files.map(({ path, text }) => ({ path: path.slice(folder.length + 1), text }));
}

async function write(
  { folder, wanted }: Output,
  present: readonly string[],
  synthesis: Synthesis,
  { files, log, ...options }: SynthOptions,
): Promise<string[]> {
  checkReplaceable(folder, present);
  const withMetadata = options.constructMetadata === true && options.env === undefined;
  await files.replaceFolder(folder, withMetadata ? [...wanted, metadataFile(synthesis)] : wanted);
  const names = new Set(wanted.map(({ path }) => path));
  const removed = present.filter((path) => !names.has(path) && path !== constructMetadataFile);
  for (const path of removed) log(`removed ${join(folder, path)}, which the configuration does not make any more`);
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
): Promise<Synthesis> {
  const problems: CheckResult[] = [];
  const inputs = [];
  for (const environment of environments)
    inputs.push({ environment, hold, sources: await bundleSources(files, folder, environment, problems) });
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
