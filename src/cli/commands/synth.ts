import { configFileName } from '../../config/load-config';
import type { JsonObject } from '../../model/json';
import { runSynth } from '../../synth/run-synth';
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
    { flags: '--env <NAME>', help: 'Only this environment. Default: all.' },
    {
      flags: '--hold <ISSUER>',
      help: 'Leave out the API rules that trust this XSUAA issuer while the lock file does not know it.',
      repeatable: true,
    },
    { flags: '--check', help: 'Write nothing; fail when the folder differs from what would be written.' },
  ],
  examples: [
    ['kyma-guard synth', 'every environment, to dist/'],
    ['kyma-guard synth --env dev --hold xsuaa', 'the first sync, before the XSUAA instance exists'],
    ['kyma-guard synth --check', 'in CI: is dist/ what the configuration says?'],
  ],
  async run({ options }, io) {
    const [out, env] = [options.text('out'), options.text('env')];
    const { results, ...done } = await runSynth({
      files: io.files,
      config: options.text('config') ?? configFileName,
      ...(out !== undefined && { out }),
      ...(env !== undefined && { env }),
      hold: options.list('hold'),
      check: options.flag('check'),
      log: io.log,
    });
    for (const { where, message, status } of results) {
      if (status === 'skip') io.log(`${where.object ?? ''} ${message}`);
      if (status === 'warn') io.log(`warning: ${message}`);
    }
    const data: JsonObject = {
      out: done.out,
      files: [...done.files],
      held: done.held.map(({ namespace, name }) => `${namespace}/${name}`),
      removed: [...done.removed],
    };
    return { results, data };
  },
};
