import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { proxySecrets, proxySettings } from '../http/proxy-settings';
import type { Scope } from '../http/scope';
import { createSender, type Sender } from '../http/sender';
import type { Call } from './command';
import type { Io } from './io';

/**
 * The sender for issuers, as `--ca` and the proxy variables want it; close it when the verb is done.
 * @param scope Hosts that may be asked. @default - those of the user's own configuration, which need no leave
 */
export async function openIssuerSender({ options }: Call, io: Io, scope?: Scope): Promise<Sender> {
  const ca = options.text('ca');
  const trust = ca === undefined ? {} : { ca: await io.files.readText(resolve(io.cwd, ca)) };
  const guard = scope === undefined ? {} : { scope };
  return createSender({ userAgent: 'kyma-guard', runId: randomUUID(), signal: io.signal, proxies: readProxies(io), ...trust, ...guard });
}

/** The proxies of the environment; their passwords cannot appear in an output any more. */
export function readProxies({ env, redactor }: Pick<Io, 'env' | 'redactor'>): ReturnType<typeof proxySettings> {
  for (const secret of proxySecrets(env)) redactor.learn(secret);
  return proxySettings(env);
}
