import { createServer } from 'node:http';
import { closeServer, listen } from '../listen';

/** A port of 127.0.0.1 that nobody uses right now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const url = await listen(server);
  await closeServer(server);
  return Number(new URL(url).port);
}
