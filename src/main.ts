/** What `cdk8s synth` starts: the same manifests as `kyma-guard synth`, in the folder that cdk8s names. */
import { cdk8sCall } from './config/cdk8s-variables';
import { configFileName } from './config/load-config';
import { diskFiles } from './files/files';
import type { CheckResult } from './model/check-result';
import { ConfigInvalidError, KymaGuardError } from './model/errors';
import { neutralizeForTerminal } from './report/neutralize';
import { createRedactor } from './report/redact';
import { renderPlace } from './report/details';
import { runSynth } from './synth/run-synth';

const redactor = createRedactor();

void synth();

async function synth(): Promise<void> {
  const { outdir, recordConstructMetadata } = cdk8sCall();
  try {
    const { results } = await runSynth({
      files: diskFiles,
      config: configFileName,
      ...(outdir !== undefined && { out: outdir }),
      constructMetadata: recordConstructMetadata,
      log,
    });
    for (const result of results) if (result.status !== 'pass') logResult(result);
    if (results.some(({ status }) => status === 'fail')) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof KymaGuardError)) throw error;
    if (error instanceof ConfigInvalidError) error.results.forEach(logResult);
    log(`${error.message} (${error.code})\n  ${error.hint}`);
    process.exitCode = 2;
  }
}

function logResult(result: CheckResult): void {
  log(`${renderPlace(result)}: ${result.message}${result.fix === undefined ? '' : `\n  ${result.fix}`}`);
}

function log(line: string): void {
  process.stderr.write(`${redactor.clean(neutralizeForTerminal(line))}\n`);
}
