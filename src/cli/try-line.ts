import type { LocalSession } from '../model/local-session';
import type { Manifest } from '../model/manifest';
import { readApiRules } from '../model/read-api-rules';
import type { Endpoint } from '../verify/endpoint';
import { planCalls } from '../verify/plan';
import { placeToken } from '../verify/place-token';
import { shellWord } from '../model/shell-word';

/**
 * A curl line that gets a real answer of what local runs: the first rule, a path that it takes, the query of its hints, and the token
 * that it asks for. Undefined when no rule has a path that can be told.
 */
export function tryLine({ targets, issuers }: LocalSession, manifests: readonly Manifest[]): string | undefined {
  const wildcards = Object.keys(targets).filter((host) => host.startsWith('*.'));
  const samples = Object.fromEntries(wildcards.map((host) => [host, 'sample']));
  const { endpoints } = planCalls(readApiRules(manifests).apiRules, { samples, targetHosts: Object.keys(targets), expectations: [] });
  const [first] = endpoints;
  const base = first && (targets[first.host] ?? targets[`*${first.host.slice('sample'.length)}`]);
  if (!first || base === undefined) return undefined;
  const { method, host, samplePath, hints } = first;
  const token = tokenOf(first, Object.keys(issuers).length > 1);
  const query = [hints.query, token?.query].filter(Boolean).join('&');
  const url = `${shellWord(`${base}${samplePath}${query === '' ? '' : `?${query}`}`)}${token?.query === undefined ? '' : token.command}`;
  const headers = [shellWord(`Host: ${host}`), ...(token?.header === undefined ? [] : [`${shellWord(token.header)}${token.command}`])];
  return ['curl -i', ...(method === 'GET' ? [] : ['-X', method]), ...headers.map((header) => `-H ${header}`), url].join(' ');
}

interface TokenOfLine {
  readonly header?: string;
  readonly query?: string;
  /** Put behind the header or the query by the shell. */
  readonly command: string;
}

function tokenOf({ intent, jwt }: Endpoint, several: boolean): TokenOfLine | undefined {
  const trust = jwt?.authentications[0];
  if (intent !== 'jwt' || !trust) return undefined;
  const command = `"$(kyma-guard token ${several ? `${shellWord(trust.issuer)} ` : ''}--local)"`;
  const { headers, query } = placeToken('', trust);
  const [header] = headers;
  return header ? { header: `${header[0]}: ${header[1]}`, command } : { query, command };
}
