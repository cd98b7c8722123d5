import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IstioObjects } from '../../src/model/istio';
import type { Outcome } from './outcome';
import type { RawAnswer } from './raw-client';

/** A process for every Service, which tells what reached it. */
export interface LiveWorkloads {
  readonly urlOf: (service: string) => string | undefined;
  readonly stop: () => void;
}

export async function startWorkloads({ virtualServices }: IstioObjects): Promise<LiveWorkloads> {
  const names = [...new Set(virtualServices.flatMap(({ http }) => http.map(({ destination }) => destination.service)))];
  const all = new Map(await Promise.all(names.map(async (name) => [name, await startWorkload(name)] as const)));
  return {
    urlOf: (service) => all.get(service)?.url,
    stop: () => {
      for (const { server } of all.values()) server.close().closeAllConnections();
    },
  };
}

/** What an answer says about the way of its request. */
export function answerOutcome(answer: RawAnswer | undefined): Outcome {
  if (!answer) return { kind: 'answered', status: 0, body: '' };
  const { status, headers, body } = answer;
  const [service, target] = [headers['x-reached'], headers['x-target']];
  if (service !== undefined) return { kind: 'forwarded', service, target: target ?? '' };
  return { kind: 'answered', status, body };
}

async function startWorkload(service: string): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer({ insecureHTTPParser: true, keepAliveTimeout: 60_000 }, (request, response) => {
    response
      .setHeader('x-reached', service)
      .setHeader('x-target', request.url ?? '')
      .end(JSON.stringify(request.headers));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
