import { configFileName } from '../../config/load-config';
import { runLock } from '../../lock/run-lock';
import { UsageError } from '../../model/errors';
import { readCredentials } from '../../token/credential-sources';
import type { Credentials } from '../../token/credentials';
import { issuerAddresses, nameIssuers } from '../../token/issuer-addresses';
import { createTokenContext } from '../../token/obtain';
import type { Call, CommandOutput, CommandSpec } from '../command';
import type { Io } from '../io';
import { learnSecrets } from '../learn-secrets';
import { openIssuerSender } from '../open-sender';

export const lockCommand: CommandSpec = {
  name: 'lock',
  summary: 'Record what is known of an XSUAA instance only after it exists',
  arguments: '[issuer]',
  options: [
    { flags: '--credentials <PATH>', help: 'Service key, Secret manifest, binding folder, or - for standard input.' },
    { flags: '--env <NAME>', help: 'Environment that the instance belongs to.' },
    { flags: '--config <FILE>', help: 'Configuration; the lock file stands beside it.', default: configFileName },
    { flags: '--issuer <ISSUER=URL>', help: 'Where the issuer is really reachable; the secret goes there.', repeatable: true },
    { flags: '--ca <FILE>', help: 'Certificate authorities to trust, PEM. Default: those of Node.js.' },
    { flags: '--check', help: 'Write nothing; fail when the lock file is not true any more.' },
    { flags: '--offline', help: 'Ask nobody: record what the service key lets derive, and warn that nothing confirmed it.' },
  ],
  examples: [
    ['kyma-guard lock --env dev --credentials key.json', 'after the first sync'],
    ['kubectl -n geo get secret geo-xsuaa -o yaml | kyma-guard lock --env dev --credentials -', 'from the cluster, without a file'],
    ['kyma-guard lock --env dev --credentials key.json --check', 'was the instance created anew?'],
  ],
  run: (call, io) => lock(call, io),
};

async function lock(call: Call, io: Io): Promise<CommandOutput> {
  const { args, options } = call;
  const credentials = await onlyCredentials(options.text('credentials'), io);
  const sender = await openIssuerSender(call, io);
  const [env, issuer] = [options.text('env'), args[0]];
  try {
    return await runLock({
      files: io.files,
      config: options.text('config') ?? configFileName,
      ...(env !== undefined && { env }),
      ...(issuer !== undefined && { issuer }),
      credentials,
      context: createTokenContext(sender, {
        addresses: issuerAddresses(nameIssuers(options.pairs('issuer', 'ISSUER=URL'), [], [credentials])),
      }),
      check: options.flag('check'),
      offline: options.flag('offline'),
      log: io.log,
    });
  } finally {
    sender.close();
  }
}

async function onlyCredentials(path: string | undefined, io: Io): Promise<Credentials> {
  if (path === undefined)
    throw new UsageError('--credentials is missing', 'Give the service key of the XSUAA instance, or - for standard input.');
  const found = await readCredentials(path, io.files, io.readStdin);
  learnSecrets(found, io);
  const [only, second] = found;
  if (!only || second) throw new UsageError(`${path} holds ${found.length} clients; give one service key`);
  return only;
}
