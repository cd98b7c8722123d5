// What bench/verify.mjs attacks: an issuer and a sound gateway in a process of their own, so that only the client's time counts.
// Records every request to the gateway and hands the list over on demand.
import http from 'node:http';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const require = createRequire(import.meta.url);
const { createSigningKey, publicJwks, signToken } = require('../lib/src/token/sign.js');
const { decodeToken } = require('../lib/src/token/decode.js');

const key = await createSigningKey();
const good = new Set();
const content = JSON.stringify({ items: Array.from({ length: 8 }, (_, i) => ({ title: `place ${i}`, position: [i, i] })) });
let recorded = [];

const issuer = http.createServer(async (request, response) => {
  const base = `http://${request.headers.host}`;
  const form = new URLSearchParams(await text(request));
  const now = Math.floor(Date.now() / 1000);
  const json = (value) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  if (request.url === '/token_keys') return json(publicJwks([key], { pem: true }));
  if (request.url !== '/oauth/token') return json({ issuer: `${base}/oauth/token`, jwks_uri: `${base}/token_keys` });
  const basic = /^Basic (.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [id, secret] = basic === '' ? [form.get('client_id'), form.get('client_secret')] : atob(basic).split(':');
  const refuse = (status, error) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
  if (request.method !== 'POST') return refuse(405, 'invalid_request');
  if (id !== 'c' || secret !== 'not-a-secret') return refuse(401, 'invalid_client');
  if (form.get('grant_type') !== 'client_credentials') return refuse(400, 'unsupported_grant_type');
  const token = await signToken(key, { claims: { iss: `${base}/oauth/token`, sub: 'client', iat: now, exp: now + 3600 } });
  good.add(token);
  return json({ access_token: token, token_type: 'bearer' });
});

const gateway = http.createServer((request, response) => {
  request.resume();
  recorded.push([request.method, request.url, request.rawHeaders]);
  const token = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1];
  const [status, type, body] =
    !/^\/route-\d+$/.test(request.url.split('?')[0]) || request.method !== 'GET' ? [404, 'text/plain', ''] : judge(token);
  response.writeHead(status, { 'content-type': type }).end(body);
});

function judge(token) {
  if (token === undefined) return [403, 'text/plain', 'RBAC: access denied'];
  if (good.has(token)) return [200, 'application/json', content];
  return [401, 'text/plain', decodeToken(token) ? 'Jwt verification fails' : 'Jwt is not in the form of Header.Payload.Signature'];
}

const port = async (server) => {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address().port;
};
const { privateJwk } = require('../lib/src/token/sign.js');
process.send({
  gateway: `http://127.0.0.1:${await port(gateway)}`,
  issuer: `http://127.0.0.1:${await port(issuer)}`,
  key: await privateJwk(key),
});
process.on('message', () => {
  process.send({ recorded });
  recorded = [];
});
process.on('disconnect', () => process.exit());
