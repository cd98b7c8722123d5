import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { LocalStartError } from '../model/errors';

/**
 * Opens a server on 127.0.0.1 and tells its base URL.
 * @param port 0 takes a free one
 * @throws {LocalStartError} ERR_LOCAL_START when the port is taken or not permitted
 */
export function listen(server: Server, port = 0): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      reject(
        new LocalStartError(`port ${port} cannot be used (${error.code ?? 'unknown'})`, 'Give another one with --port, or none.', error),
      );
    };
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      // A server on a TCP port has an address of this form.
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

/** Closes a server with all its connections. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
