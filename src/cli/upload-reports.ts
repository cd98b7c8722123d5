import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { isLoopbackHost } from '../http/loopback';
import { createScope, type Scope } from '../http/scope';
import { pauseBefore, sleep } from '../http/retry';
import { createSender, type Answer, type OutgoingRequest, type Sender } from '../http/sender';
import { UsageError } from '../model/errors';
import type { Call } from './command';
import type { Io } from './io';
import { readProxies } from './open-sender';
import type { ReportFormat } from './report-formats';
import { scopeOf } from './scope-option';

const contentTypes: Readonly<Record<ReportFormat, string>> = {
  text: 'text/plain; charset=utf-8',
  json: 'application/json',
  junit: 'application/xml',
  sarif: 'application/sarif+json',
  github: 'text/plain; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ndjson: 'application/x-ndjson',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** Where reports are sent to; every place was looked at. */
export interface Uploads {
  /** Sends one report. @returns false when it did not arrive, which was told on standard error */
  send(url: string, format: ReportFormat, text: string): Promise<boolean>;
}

/**
 * Looks at the places that reports are to be sent to, before the verb does anything. Nothing is sent.
 * @throws {UsageError} ERR_USAGE when one is no https URL, or one with a user name or password
 * @throws {OutOfScopeError} ERR_OUT_OF_SCOPE when a host is neither loopback nor in the scope of the run
 */
export async function openUploads(urls: readonly string[], call: Call, io: Io): Promise<Uploads> {
  if (call.options.flag('plan')) throw new UsageError('--plan sends nothing, no report either', 'Leave --report FORMAT=URL out.');
  const scope = createScope({ patterns: call.options.flag('local') ? [] : await scopeOf(call, io) });
  for (const url of urls) scope.check(usable(url, io).href);
  return { send: (url, format, text) => send(url, { format, text, scope, call, io }) };
}

function usable(text: string, { redactor }: Io): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new UsageError('--report names an address that is no https URL');
  // Signed addresses are secrets.
  redactor.learn(url.search);
  if (url.username !== '' || url.password !== '')
    throw new UsageError(`--report names a user or password for ${url.host}`, 'Give a token with --report-token-file FILE.');
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname))
    throw new UsageError(`--report would send a report to ${url.host} in the clear`, 'Give an https URL.');
  return url;
}

interface Parcel {
  readonly format: ReportFormat;
  readonly text: string;
  readonly scope: Scope;
  readonly call: Call;
  readonly io: Io;
}

/** PUT, because the same report at the same place twice is the same as once. */
async function send(url: string, { format, text, scope, call, io }: Parcel): Promise<boolean> {
  const ca = call.options.text('ca');
  const trust = ca === undefined ? {} : { ca: await io.files.readText(resolve(io.cwd, ca)) };
  const sender = createSender({ userAgent: 'kyma-guard', runId: randomUUID(), scope, proxies: readProxies(io), ...trust });
  try {
    const headers = [['Content-Type', contentTypes[format]] as const, ...(await authorization(call, io))];
    const problem = problemOf(await sendPatiently(sender, { method: 'PUT', url, headers, body: text }));
    if (problem !== undefined) io.log(`kyma-guard: the ${format} report did not reach ${new URL(url).host}: ${problem}`);
    return problem === undefined;
  } finally {
    sender.close();
  }
}

/** Trouble that may pass is waited for: what a run found is not worth losing to a store that restarts. */
async function sendPatiently(sender: Sender, request: OutgoingRequest): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await sender.send(request);
    const ms = pauseBefore(answer, tries, { now: Date.now(), onceOnly: false });
    if (ms === undefined) return answer;
    await sleep(ms);
  }
}

async function authorization({ options }: Call, io: Io): Promise<(readonly [string, string])[]> {
  const file = options.text('report-token-file');
  if (file === undefined) return [];
  const token = (await io.files.readText(resolve(io.cwd, file))).trim();
  io.redactor.learn(token);
  if (!/^[\x21-\x7e]+$/.test(token)) throw new UsageError(`${file} holds no token`, 'Give a file with one bearer token and nothing else.');
  return [['Authorization', `Bearer ${token}`]];
}

function problemOf(answer: Answer): string | undefined {
  if (answer.kind === 'failure') return answer.message;
  if (answer.status >= 300 && answer.status < 400) return `it answered ${answer.status}, and redirects are not followed`;
  return answer.status >= 200 && answer.status < 300 ? undefined : `it answered ${answer.status}`;
}
