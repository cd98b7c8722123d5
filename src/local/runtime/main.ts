import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, workerData } from 'node:worker_threads';
import { holdLifeline, lifelineTask, watchLifeline } from './lifeline';
import { loadHandler } from './load-handler';
import type { RuntimeMessage, RuntimeSettings, ServeSettings } from './runtime-settings';

/** Entry of the function process. Only this process loads express and the user's code. */
async function main(settings: RuntimeSettings): Promise<void> {
  holdLifeline(__filename);
  if (settings.task === 'install') install(settings.npm);
  else await serve(settings.serve);
}

async function serve(settings: ServeSettings): Promise<void> {
  const { functionApp } = await import('./function-app.js');
  const handler = await loadHandler(settings.handler);
  if (typeof handler !== 'function') tell({ kind: 'not-loaded', reason: handler.reason });
  const server = createServer(functionApp(settings, typeof handler === 'function' ? handler : undefined));
  server.keepAliveTimeout = 70_000;
  server.listen(0, '127.0.0.1', () => {
    tell({ kind: 'listening', port: (server.address() as AddressInfo).port });
  });
}

function install([command = 'npm', ...rest]: readonly string[]): void {
  const npm = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit'] });
  npm.on('error', (error) => {
    process.stderr.write(`cannot run ${command}: ${error.message}\n`);
    process.exit(1);
  });
  npm.on('exit', (code) => process.exit(code ?? 1));
}

function tell(message: RuntimeMessage): void {
  process.send?.(message);
}

if (!isMainThread && workerData === lifelineTask) watchLifeline();
else if (isMainThread) void main(JSON.parse(process.argv[2] ?? '{}') as RuntimeSettings);
