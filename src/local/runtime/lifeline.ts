import { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** File descriptor of the pipe whose other end only the parent holds. */
export const lifelineDescriptor = 4;

/** What the worker gets as `workerData`, so that one file can be entry of the process and of the worker. */
export const lifelineTask = 'kyma-guard-lifeline';

/**
 * Ties this process group to its parent: when the parent is gone, however it went, the whole group ends.
 * The watch runs in a thread of its own, because a handler may block the main thread for ever.
 */
export function holdLifeline(entry: string): void {
  const worker = new Worker(entry, { workerData: lifelineTask, argv: [], env: {} });
  worker.unref();
}

/** Body of the worker. */
export function watchLifeline(): void {
  const pipe = new Socket({ fd: lifelineDescriptor, readable: true, writable: false });
  pipe.on('close', endGroup);
  pipe.on('error', endGroup);
  pipe.resume();
}

function endGroup(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}
