// A gateway with one classic defect: it reads the claims of a token without checking the signature.
// What it lets through goes on to the sound gateway with a good token, so that the workload answers as usual.
import { createServer, request } from 'node:http';

const claimsOf = (authorization = '') => {
  try {
    return JSON.parse(Buffer.from(authorization.replace('Bearer ', '').split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
};

/**
 * Listens on a free loopback port.
 * @param {(host: string) => string} upstreamOf base URL of the sound gateway for a host
 * @param {(issuer: string) => Promise<string | undefined>} goodToken a good token of an issuer
 */
export async function startWeakenedGateway(upstreamOf, goodToken) {
  const server = createServer((incoming, outgoing) => {
    void forward(incoming, outgoing, upstreamOf(incoming.headers.host ?? ''), goodToken);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => (server.closeAllConnections(), new Promise((resolve) => server.close(resolve))),
  };
}

async function forward(incoming, outgoing, upstream, goodToken) {
  const headers = { ...incoming.headers };
  const claims = claimsOf(headers.authorization);
  // The defect: issuer and expiry are looked at, the signature is not.
  const token = claims?.iss && claims.exp * 1000 > Date.now() ? await goodToken(claims.iss) : undefined;
  if (token) headers.authorization = `Bearer ${token}`;
  const { hostname, port } = new URL(upstream);
  const sent = request({ hostname, port, path: incoming.url, method: incoming.method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode, answer.headers);
    answer.pipe(outgoing);
  });
  sent.on('error', () => outgoing.destroy());
  incoming.pipe(sent);
}
