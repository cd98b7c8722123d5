import { readMapping } from '../config/read-mapping';
import { loadSuppressions } from '../config/suppressions';
import { diskFiles } from '../files/files';
import { readSoundManifests } from '../files/manifest-input';
import { streamManifestInput } from '../files/stream-manifest-input';
import type { CheckResult } from '../model/check-result';
import { ConfigInvalidError, ManifestInvalidError, NothingFoundError } from '../model/errors';
import type { KymaGuardValidationContext, KymaGuardValidationProps } from './validation-props';
import { policyFile } from '../validate/policy/policy-file';
import { withSchemas } from '../validate/schema/crd-schemas';
import { runValidate, type ValidateOptions } from '../validate/validate';
import { clustersOf } from './clusters-of';
import { readProps } from './read-props';
import { violationsOf } from './violations-of';

/** Validates the output of a synthesis, one cluster after the other, and reports to cdk8s. */
export async function validateOutput({ manifests, report }: KymaGuardValidationContext, properties: object): Promise<void> {
  const props = readProps(properties);
  const results = await resultsOf(manifests, props).catch(problemsIn);
  const found = results.filter(({ status }) => status === 'fail' || status === 'error' || status === 'warn');
  for (const violation of violationsOf(found)) report.addViolation(violation);
  const failed = found.some(({ status }) => status !== 'warn');
  report.submit(failed ? 'failure' : 'success', { failOn: props.failOn ?? 'medium', findings: String(found.length) });
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

/** What is wrong with a policy, configuration or definition has a place, which an error alone does not show. */
function problemsIn(error: unknown): readonly CheckResult[] {
  if (error instanceof ConfigInvalidError || error instanceof ManifestInvalidError) return error.results;
  throw error;
}

async function optionsOf({ failOn, select, ignore, policy, config, crd }: KymaGuardValidationProps): Promise<ValidateOptions> {
  return {
    ...(failOn && { failOn }),
    ...(select && { select }),
    ...(ignore && { ignore }),
    ...(policy !== undefined && { policy: await readMapping(diskFiles, policy, policyFile) }),
    ...(config !== undefined && { suppressions: await loadSuppressions(diskFiles, config) }),
    ...(crd && { schemas: withSchemas((await readSoundManifests(diskFiles, crd, noStdin)).manifests) }),
  };
}

function noStdin(): Promise<string> {
  return Promise.resolve('');
}
