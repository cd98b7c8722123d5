import { configFileName } from '../../config/load-config';
import type { JsonObject } from '../../model/json';
import { runSynth } from '../../synth/run-synth';
import { neutralizeForTerminal } from '../../report/neutralize';
import { describeOutcome } from '../../synth/describe-outcome';
import type { CommandSpec } from '../command';

export const synthCommand: CommandSpec = {
  name: 'synth',
  summary: 'Write the manifests of a configuration to dist/',
  arguments: '',
  options: [
    { flags: '--config <FILE>', help: 'Configuration.', default: configFileName },
    {
      flags: '--out <DIR>',
      help: 'Folder for the manifests; what synth wrote there before is replaced. Default: dist beside the configuration.',
    },
    { flags: '--env <NAME>', help: 'Only this environment. Default: all.', repeatable: true },
    {
      flags: '--hold <ISSUER>',
      help: 'Leave out the API rules that trust this XSUAA issuer while the lock file does not know it.',
      repeatable: true,
    },
    { flags: '--with-verifier', help: 'Write the ConfigMaps with the verifier too, for a verification that runs it from there.' },
    { flags: '--kustomization', help: 'Write a kustomization.yaml per environment too, with every manifest in it.' },
    { flags: '--check', help: 'Write nothing; fail when the folder differs from what would be written.' },
  ],
  examples: [
    ['kyma-guard synth', 'every environment, to dist/'],
    ['kyma-guard synth --env dev --hold xsuaa', 'the first sync, before the XSUAA instance exists'],
    ['kyma-guard synth --check', 'in CI: is dist/ what the configuration says?'],
  ],
  async run({ options }, io) {
    const out = options.text('out');
    const outcome = await runSynth({
      files: io.files,
      config: options.text('config') ?? configFileName,
      ...(out !== undefined && { out }),
      env: options.list('env'),
      hold: options.list('hold'),
      withVerifier: options.flag('with-verifier'),
      kustomization: options.flag('kustomization'),
      check: options.flag('check'),
      log: io.log,
    });
    const { results, held, secrets } = outcome;
    for (const { where, message, status } of results) {
      if (status === 'skip') io.log(`${where.object ?? ''} ${message}`);
      if (status === 'warn') io.log(`warning: ${message}`);
    }
    const data: JsonObject = {
      out: outcome.out,
      files: [...outcome.files],
      held: held.map(({ environment, namespace, name, issuers }) => ({
        ...environmentOf(environment),
        namespace,
        name,
        issuers: [...issuers],
      })),
      removed: [...outcome.removed],
      secrets: secrets.map(({ environment, issuer, namespace, name }) => ({ ...environmentOf(environment), issuer, namespace, name })),
    };
    const closing = options.flag('quiet') ? '' : neutralizeForTerminal(describeOutcome(outcome, options.flag('verbose')));
    return { results, data, run: { labels: {}, inputDigest: outcome.inputDigest }, ...(closing !== '' && { closing }) };
  },
};

function environmentOf(name: string | undefined): { environment?: string } {
  return name === undefined ? {} : { environment: name };
}
