import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apiRulesDigest } from '../../src/model/api-rules-digest';
import { localSessionFile, type LocalSession } from '../../src/model/local-session';
import { readManifests } from '../../src/model/read-manifests';
import { privateJwk } from '../../src/token/sign';
import { serviceKey, type TestIssuer } from '../gateways/issuer';
import { host } from './verify-deployment';

/** Leaves in a folder what a `local` would that runs `manifest`: a gateway at `url`, one issuer, its credentials. */
export async function leaveSession(folder: string, issuer: TestIssuer, given: { url: string; manifest: string } & Partial<LocalSession>) {
  const { url, manifest, ...changes } = given;
  const run = join(folder, 'run');
  const [credentials, signingKeys] = [join(run, 'credentials', 'accepted-1.json'), join(run, 'signing-keys.json')];
  mkdirSync(dirname(credentials), { recursive: true });
  chmodSync(run, 0o700);
  writeFileSync(credentials, serviceKey(issuer, 'good'));
  writeFileSync(signingKeys, JSON.stringify({ [issuer.issuer]: { keys: [await privateJwk(issuer.key)] } }));
  const session: LocalSession = {
    ...{ schemaVersion: 1, pid: process.pid, gateway: 'embedded', signingKeys, bindings: folder, denyCredentials: [] },
    inputDigest: apiRulesDigest(readManifests(manifest, 'x').manifests),
    targets: { [host]: url },
    issuers: { [issuer.issuer]: issuer.url },
    credentials: [{ issuer: issuer.issuer, path: credentials }],
    ...changes,
  };
  mkdirSync(dirname(join(folder, localSessionFile)), { recursive: true });
  writeFileSync(join(folder, localSessionFile), JSON.stringify(session), { mode: 0o600 });
}

/** The id of a process that has ended. */
export function endedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}
