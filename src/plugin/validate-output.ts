import { readMapping } from '../config/read-mapping';
import { loadSuppressions } from '../config/suppressions';
import { diskFiles } from '../files/files';
import { readSoundManifests } from '../files/manifest-input';
import { streamManifestInput } from '../files/stream-manifest-input';
import type { CheckResult } from '../model/check-result';
import { ConfigInvalidError, KymaGuardError, ManifestInvalidError, NothingFoundError } from '../model/errors';
import type { Manifest } from '../model/manifest';
import type { KymaGuardValidationContext, KymaGuardValidationProps } from './validation-props';
import { policyFile } from '../validate/policy/policy-file';
import { withSchemas } from '../validate/schema/crd-schemas';
import { runValidate, type ValidateOptions } from '../validate/validate';
import { clustersOf } from './clusters-of';
import { readProps } from './read-props';
import { errorViolation, violationsOf, warningLines } from './violations-of';

/** Validates the output of a synthesis, one cluster after the other, and reports to cdk8s. */
export async function validateOutput(context: KymaGuardValidationContext, properties: object): Promise<void> {
  try {
    const props = readProps(properties);
    tell(context, await resultsOf(context.manifests, props), props.failOn ?? 'medium');
  } catch (error) {
    // cdk8s shows the stack of what a plugin throws, and ends with 1; a report that failed is shown as it is, and ends with 2.
    if (!(error instanceof KymaGuardError)) throw error;
    tellError(context, error);
  }
}

/** What fails are violations; cdk8s has no other place in its report, so what only warns is logged above it. */
function tell({ report, logger }: KymaGuardValidationContext, results: readonly CheckResult[], failOn: string): void {
  const failed = results.filter(({ status }) => status === 'fail' || status === 'error');
  const warned = results.filter(({ status }) => status === 'warn');
  for (const line of warningLines(warned)) logger.log(line);
  for (const violation of violationsOf(failed)) report.addViolation(violation);
  report.submit(failed.length > 0 ? 'failure' : 'success', { failOn, failed: String(failed.length), warned: String(warned.length) });
}

function tellError({ report }: KymaGuardValidationContext, error: KymaGuardError): void {
  const violation = errorViolation(error);
  // The logger of cdk8s writes to standard output, where `cdk8s synth --stdout` has the manifests.
  process.stderr.write(`kyma-guard: ${violation.recommendation} (${error.code})\n  ${violation.fix}\n`);
  // What is wrong with a policy, configuration or definition has a place, which an error alone does not show.
  const places = error instanceof ConfigInvalidError || error instanceof ManifestInvalidError ? error.results : [];
  for (const one of places.length > 0 ? violationsOf(places) : [violation]) report.addViolation(one);
  report.submit('failure', { error: error.code });
}

async function resultsOf(manifests: readonly string[], props: KymaGuardValidationProps): Promise<readonly CheckResult[]> {
  const options = await optionsOf(props);
  const results: CheckResult[] = [];
  const empty: NothingFoundError[] = [];
  const clusters = clustersOf(manifests, props.clusters ?? []);
  for (const files of clusters) {
    const found = await resultsOfCluster(files, options).catch(nothingFound);
    if (found instanceof NothingFoundError) empty.push(found);
    else results.push(...found);
  }
  // One cluster may hold nothing that a rule looks at; when all do, nothing was checked, and that is no success.
  if (empty.length === clusters.length) throw empty[0] ?? new NothingFoundError('no manifest is in the output');
  return results;
}

async function resultsOfCluster(files: readonly string[], options: ValidateOptions): Promise<readonly CheckResult[]> {
  const { documents } = streamManifestInput(diskFiles, files, noStdin);
  return (await runValidate({ documents, options })).results;
}

function nothingFound(error: unknown): NothingFoundError {
  if (error instanceof NothingFoundError) return error;
  throw error;
}

async function optionsOf(props: KymaGuardValidationProps): Promise<ValidateOptions> {
  const { failOn, select, ignore, policy, config, crd, domain, context, against } = props;
  return {
    ...(failOn && { failOn }),
    ...(select && { select }),
    ...(ignore && { ignore }),
    ...(domain !== undefined && { domain }),
    ...(context && { context: await manifestsOf(context) }),
    ...(against !== undefined && { against: await manifestsOf([against]) }),
    ...(policy !== undefined && { policy: await readMapping(diskFiles, policy, policyFile) }),
    ...(config !== undefined && { suppressions: await loadSuppressions(diskFiles, config) }),
    ...(crd && { schemas: withSchemas(await manifestsOf(crd)) }),
  };
}

async function manifestsOf(paths: readonly string[]): Promise<readonly Manifest[]> {
  return (await readSoundManifests(diskFiles, paths, noStdin)).manifests;
}

function noStdin(): Promise<string> {
  return Promise.resolve('');
}
