// Service key -> token -> protected endpoint, with Node.js and axios (npm install axios).
// node call.mjs KEY.json URL [HOST]     HOST: Host header, only to try it against kyma-guard local
import { readFile } from 'node:fs/promises';
import axios from 'axios';

const [keyFile, url, host] = process.argv.slice(2);
const key = JSON.parse(await readFile(keyFile, 'utf8'));
const http = axios.create({ timeout: 10_000, maxRedirects: 0, proxy: host ? false : undefined });

try {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: key.clientid, client_secret: key.clientsecret });
  const token = await http.post(key.token_url ?? `${key.url}/oauth/token`, form);
  // One token lasts for token.data.expires_in seconds: keep it and use it for every call until shortly before.
  const headers = { Authorization: `Bearer ${token.data.access_token}`, ...(host && { Host: host }) };
  const answer = await http.get(url, { headers });
  console.log(JSON.stringify(answer.data));
} catch (error) {
  // The error itself holds the request with its secrets: say only what came back.
  console.error(`the call failed: ${error.response?.status ?? error.code}`);
  process.exitCode = 1;
}
