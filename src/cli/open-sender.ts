import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { proxySecrets, proxySettings } from '../http/proxy-settings';
import { createSender, type Sender } from '../http/sender';
import type { Call } from './command';
import type { Io } from './io';

/** The sender for issuers, as `--ca` and the proxy variables want it; close it when the verb is done. */
export async function openIssuerSender({ options }: Call, io: Io): Promise<Sender> {
  const ca = options.text('ca');
  const trust = ca === undefined ? {} : { ca: await io.files.readText(resolve(io.cwd, ca)) };
  return createSender({ userAgent: 'kyma-guard', runId: randomUUID(), signal: io.signal, proxies: readProxies(io), ...trust });
}

/** The proxies of the environment; their passwords cannot appear in an output any more. */
export function readProxies({ env, redactor }: Pick<Io, 'env' | 'redactor'>): ReturnType<typeof proxySettings> {
  for (const secret of proxySecrets(env)) redactor.learn(secret);
  return proxySettings(env);
}
