import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { serveRaw, type RunningServer } from './http-server';

/** Everything of the clock that goes on. */
const running = [
  ...(['Date', 'hrtime', 'performance', 'nextTick', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setInterval', 'clearInterval'] as const),
];

/** The ends of connections that this process opened. */
const callers = new Set<Socket>();
const remember = (message: unknown): void => void callers.add((message as { socket: Socket }).socket);

/** While this runs no timeout ends by the clock, on however slow a machine: the server that is not to answer calls `timeOut`. */
export async function withTimeoutsHeld<T>(run: () => Promise<T>): Promise<T> {
  jest.useFakeTimers({ doNotFake: running });
  subscribe('net.client.socket', remember);
  try {
    return await run();
  } finally {
    unsubscribe('net.client.socket', remember);
    callers.clear();
    jest.useRealTimers();
  }
}

/**
 * Runs with a clock of its own, which goes on by 5 ms with every turn of this process: what takes long because the machine is busy takes no
 * longer by this clock.
 */
export async function withOwnClock<T>(run: () => Promise<T>): Promise<T> {
  jest.useFakeTimers({ doNotFake: running.filter((name) => name !== 'performance') });
  const turns = setInterval(() => jest.advanceTimersByTime(5), 1);
  try {
    return await run();
  } finally {
    clearInterval(turns);
    jest.useRealTimers();
  }
}

/** Whoever waits has waited for too long. */
export function timeOut(): void {
  jest.runOnlyPendingTimers();
}

/** The same, once everything that a server wrote has arrived at its caller. */
export function timeOutOnceRead(written: Socket): void {
  const caller = [...callers].find(({ localPort }) => localPort === written.remotePort);
  const hasRead = caller === undefined || caller.destroyed || caller.bytesRead >= written.bytesWritten;
  setImmediate(() => (hasRead ? timeOut() : timeOutOnceRead(written)));
}

/** Answers every request with this text and then no more, until its caller has waited for too long. */
export function serveHalf(text: string): Promise<RunningServer> {
  return serveRaw((socket) =>
    socket.once('data', () => {
      socket.write(text);
      timeOutOnceRead(socket);
    }),
  );
}
