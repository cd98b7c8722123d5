import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig, type LoadedConfig } from '../../src/config/load-config';
import { diskFiles } from '../../src/files/files';
import type { CheckResult } from '../../src/model/check-result';
import { ConfigInvalidError } from '../../src/model/errors';
import { temporaryFolder } from './temporary-folder';

/** Handler of a Function that is right in every respect. */
export const handler = 'module.exports = { main: function () { return "ok"; } };\n';

/** Two issuers, of which one is an XSUAA that the lock file of {@link configFolder} does not know. */
export const issuers = `issuers:
  xsuaa: { kind: xsuaa, namespace: geo, security: { xsappname: geo } }
  keycloak: { kind: oidc, issuer: 'https://id.example.com/realms/main', jwksUri: 'https://id.example.com/certs' }
`;

/** A configuration of one Function on one host; `rule` is its only rule. */
export function oneFunction(rule: string, more = ''): string {
  return `version: 1
cluster: { domain: example.com }
${issuers}functions:
  fn:
    namespace: geo
    runtime: nodejs22
    source: ./fn
    expose: [{ host: fn, rules: [${rule}] }]
${more}`;
}

/** A lock file that knows the XSUAA issuer. */
export const lockText = `version: 1
environments:
  default:
    xsuaa:
      clientId: sb-geo!t7
      issuer: https://geo.example.com/oauth/token
      jwksUri: https://geo.example.com/token_keys
      learnt: { clientId: service key, issuer: token, jwksUri: discovery, xsappname: service key }
      xsappname: geo!t7
`;

/** Writes a configuration with a Function's source beside it. @returns path of the configuration */
export function configFolder(
  yaml: string,
  files: Readonly<Record<string, string>> = {},
  links: Readonly<Record<string, string>> = {},
): string {
  const folder = temporaryFolder({ 'kyma-guard.yaml': yaml, 'fn/handler.js': handler, ...files });
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path));
  return join(folder, 'kyma-guard.yaml');
}

/** Loads a configuration that is right. */
export function load(yaml: string, files: Readonly<Record<string, string>> = {}): Promise<LoadedConfig> {
  return loadConfig(diskFiles, configFolder(yaml, files));
}

/** Everything that is wrong with a configuration, as `line:column path: message`. */
export async function problemsOf(path: string): Promise<string[]> {
  return (await failuresOf(path)).map(({ where, message }) => `${where.line ?? 0}:${where.column ?? 0} ${where.path ?? ''}: ${message}`);
}

/** The results of the error that loading throws; empty when the configuration is right. */
export async function failuresOf(path: string): Promise<readonly CheckResult[]> {
  try {
    await loadConfig(diskFiles, path);
    return [];
  } catch (error) {
    if (error instanceof ConfigInvalidError) return error.results;
    throw error;
  }
}
