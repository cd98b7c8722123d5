import type { Environment } from '../config/environment';
import type { FileText } from '../files/files';
import { checkResult, type CheckResult } from '../model/check-result';
import type { JsonPath } from '../model/json';
import type { BundledSource } from './bundle-function';
import { buildUnit, UnitInvalidError } from './build-unit';
import { holdsOf, type HeldRule } from './hold';
import type { Unit } from './unit';
import { unitsOf } from './units';
import type { Verifier } from './verification-unit';

/** What an environment is made of, beside its configuration. */
export interface SynthesisInput {
  readonly environment: Environment;
  /** Source by Function; those from Git are missing. */
  readonly sources: Readonly<Record<string, BundledSource>>;
  /** Issuers whose API rules are left out while nobody knows them. */
  readonly hold: readonly string[];
  /** What a verification runs. @default - the environment has none, or its image holds it */
  readonly verifier?: Verifier | undefined;
}

/** Manifests, or why there are none. */
export interface Synthesis {
  /** In a stable order; paths are relative to the output folder and use `/`. */
  readonly files: readonly FileText[];
  /** Failures; when there is one, `files` are not to be written. */
  readonly results: readonly CheckResult[];
  readonly held: readonly HeldRule[];
  /** Construct path by object name, as cdk8s records it. */
  readonly constructs: Readonly<Record<string, { readonly path: string }>>;
}

/** Turns checked environments into manifests. Pure: the same input gives the same bytes on every machine. */
export function synthesize(inputs: readonly SynthesisInput[]): Synthesis {
  const files: FileText[] = [];
  const results: CheckResult[] = [];
  const held: HeldRule[] = [];
  const constructs: Record<string, { path: string }> = {};
  for (const { environment, sources, hold, verifier } of inputs) {
    const holds = holdsOf(environment, hold);
    results.push(...holds.results);
    held.push(...holds.held);
    for (const unit of unitsOf({ environment, sources, isWritten: holds.isWritten, verifier })) {
      const built = buildOrReport(unit, environment, results);
      if (!built) continue;
      files.push({ path: pathOf(unit, environment), text: built.text });
      Object.assign(constructs, built.constructs);
    }
  }
  return { files, results, held, constructs };
}

function pathOf({ namespace, name }: Unit, environment: Environment): string {
  return [...(environment.name === undefined ? [] : [environment.name]), namespace, `${name}.k8s.yaml`].join('/');
}

function buildOrReport(unit: Unit, environment: Environment, results: CheckResult[]): ReturnType<typeof buildUnit> | undefined {
  try {
    return buildUnit(unit);
  } catch (error) {
    if (!(error instanceof UnitInvalidError)) throw error;
    results.push(...error.problems.map((message) => unusable(environment, unit.path, message)));
    return undefined;
  }
}

/** A problem of the configuration that only its manifests show. */
export function unusable({ locate }: Environment, path: JsonPath, message: string): CheckResult {
  return checkResult({
    id: 'config-unusable',
    status: 'fail',
    severity: 'high',
    title: 'The configuration gives valid manifests',
    message,
    where: locate(path),
  });
}
