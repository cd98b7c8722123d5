import { streamManifestInput } from '../../files/stream-manifest-input';
import { UsageError } from '../../model/errors';
import { ruleReference } from '../../validate/rules-of-run';
import { printBaseline } from '../../validate/suppress/baseline';
import { runValidate } from '../../validate/validate';
import { keepBaseline } from '../baseline-options';
import type { Call, CommandOutput, CommandSpec } from '../command';
import type { Io } from '../io';
import { withProgress } from '../with-progress';
import { aboutRules } from './about-rules';
import { streamOptions } from './stream-options';
import { readValidateOptions, validateOptionSpecs } from './validate-options';

export const validateCommand: CommandSpec = {
  name: 'validate',
  summary: 'Say what API server, controller and attacker would say of manifests',
  arguments: '[path...]',
  reports: true,
  options: validateOptionSpecs,
  examples: [
    ['kyma-guard validate apirule.yaml', 'no configuration, no cluster'],
    ['helm template ./chart | kyma-guard validate -', 'what a chart makes'],
    ['kyma-guard validate k8s/ --policy policy.yaml --report sarif=validate.sarif', 'in CI, with the rules of the organisation'],
    [
      'kyma-guard validate k8s/ --baseline baseline.json --update-baseline',
      'begin with what is there; only what is new counts from now on',
    ],
    ['kyma-guard validate --explain hole-anonymous', 'why, and how to fix it'],
  ],
  run: (call, io) => validate(call, io),
};

async function validate(call: Call, io: Io): Promise<CommandOutput> {
  const { args, options } = call;
  const about = await aboutRules(call);
  if (about) return about;
  if (args.length === 0) throw new UsageError('no path is given', 'Give a file, a folder such as k8s/, or - for standard input.');
  const settings = await readValidateOptions(call, io);
  const { documents, digest } = streamManifestInput(io.files, args, io.readStdin, streamOptions(options));
  const { baseline, ...outcome } = await runValidate({ documents: withProgress(documents, io), options: settings });
  if (baseline) await keepBaseline(baseline, settings, printBaseline, io);
  const rules = ruleReference().map((rule) => ({ ...rule, docs: `docs/checks.md#${rule.id}` }));
  return {
    ...outcome,
    rules,
    // What fails was decided by --fail-on already; a document that nobody could read fails always.
    threshold: 'info',
    run: { labels: Object.fromEntries(options.pairs('label')), inputDigest: digest() },
  };
}
