import { readMapping } from '../../config/read-mapping';
import { loadSuppressions } from '../../config/suppressions';
import { readSoundManifests } from '../../files/manifest-input';
import { severities } from '../../model/check-result';
import type { Manifest } from '../../model/manifest';
import { policyFile } from '../../validate/policy/policy-file';
import { withSchemas } from '../../validate/schema/crd-schemas';
import type { ValidateOptions } from '../../validate/validate';
import { baselineOptionSpecs } from '../baseline-options';
import type { Call, OptionSpec } from '../command';
import type { Io } from '../io';
import { validateBaseline } from './validate-baseline';
import { maxDocumentSpec } from './stream-options';

/** Options of `validate`, as `--help` shows them. */
export const validateOptionSpecs: readonly OptionSpec[] = [
  { flags: '--fail-on <SEVERITY>', help: 'Findings as bad as this or worse fail the run.', choices: severities, default: 'medium' },
  { flags: '--select <ID|LAYER>', help: 'Only this rule, or this layer: schema, controller, security, set.', repeatable: true },
  { flags: '--ignore <ID|LAYER>', help: 'Not this rule or layer.', repeatable: true },
  {
    flags: '--crd <FILE>',
    help: 'Definitions of kinds (CRDs) of your own cluster, beside or instead of the bundled ones.',
    repeatable: true,
  },
  { flags: '--domain <DOMAIN>', help: 'Completes hosts of one label. Default: the wildcard host of the Gateway, if the input holds it.' },
  { flags: '--context <PATH>', help: 'Further manifests of the cluster: taken into account, not reported on.', repeatable: true },
  { flags: '--against <PATH>', help: 'Earlier manifests, for what must not change.' },
  { flags: '--policy <FILE>', help: 'What the organisation allows; goes before annotations.' },
  { flags: '--config <FILE>', help: 'Take validate.ignore from this kyma-guard.yaml. Without it no configuration is read.' },
  ...baselineOptionSpecs,
  maxDocumentSpec,
  { flags: '--label <K=V>', help: 'Goes into the report.', repeatable: true },
  { flags: '--explain <ID>', help: 'Print one rule: why, fix, references, a bad and a good example. Takes no path.' },
  { flags: '--list', help: 'Print every rule on a line of its own. Takes no path.' },
];

/**
 * Reads the options of `validate` and the files that they name; nothing that they do not name.
 * @throws {UsageError} ERR_USAGE when a value is not usable
 * @throws {ConfigInvalidError} ERR_CONFIG_INVALID when policy, baseline or configuration cannot be understood
 * @throws {ManifestInvalidError} ERR_MANIFEST_INVALID when a document of `--crd`, `--context` or `--against` cannot be read
 */
export async function readValidateOptions(call: Call, io: Io): Promise<ValidateOptions> {
  const { options } = call;
  const [policy, config, domain] = [options.text('policy'), options.text('config'), options.domain()];
  const against = options.text('against');
  const [crd, context] = [options.list('crd'), options.list('context')];
  const baseline = await validateBaseline(call, io);
  return {
    failOn: severities.find((severity) => severity === options.text('fail-on')) ?? 'medium',
    select: options.list('select'),
    ignore: options.list('ignore'),
    today: io.now().toISOString().slice(0, 10),
    ...(crd.length > 0 && { schemas: withSchemas(await manifestsOf(crd, io)) }),
    ...(context.length > 0 && { context: await manifestsOf(context, io) }),
    ...(against !== undefined && { against: await manifestsOf([against], io) }),
    ...(policy !== undefined && { policy: await readMapping(io.files, policy, policyFile) }),
    ...(config !== undefined && { suppressions: await loadSuppressions(io.files, config) }),
    ...(domain !== undefined && { domain }),
    ...baseline,
  };
}

async function manifestsOf(paths: readonly string[], io: Io): Promise<readonly Manifest[]> {
  return (await readSoundManifests(io.files, paths, io.readStdin)).manifests;
}
