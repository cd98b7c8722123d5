import type { Caller } from '../model/search/caller';
import { describeCaller } from '../model/search/describe-caller';
import type { JwtRule } from '../model/istio';
import { shellWord } from '../model/shell-word';
import type { Finding } from './rule';

/** A request that a person can send to see what a finding says. */
export interface Witness {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly caller: Caller;
  /** Where the workload looks for the token of the caller. */
  readonly jwtRule?: JwtRule;
}

/** The parts of a finding that show a request: the line, a `curl` command with `$TOKEN` for the token, and who sends it. */
export function witnessOf({ host, method, path, caller, jwtRule }: Witness): Required<Pick<Finding, 'request' | 'curl'>> {
  const url = `https://${host}${path}`;
  const sender = describeCaller(caller);
  const parts = ['curl', '-i', '--path-as-is', ...(method === 'GET' ? [] : ['-X', method]), withParam(url, caller, jwtRule)];
  for (const [name, value] of Object.entries(caller.headers)) parts.push('-H', shellWord(`${name}: ${value}`));
  const [header] = jwtRule?.fromHeaders ?? [];
  if (caller.issuer !== undefined && header) parts.push('-H', `${shellWord(`${header.name}: ${header.prefix ?? ''}`)}"$TOKEN"`);
  else if (caller.issuer !== undefined && jwtRule?.fromParams[0] === undefined) parts.push('-H', `'Authorization: Bearer '"$TOKEN"`);
  return { request: `${method} ${url} ${sender}`, curl: parts.join(' ') };
}

function withParam(url: string, { issuer }: Caller, jwtRule: JwtRule | undefined): string {
  const param = jwtRule && jwtRule.fromHeaders.length === 0 ? jwtRule.fromParams[0] : undefined;
  return issuer === undefined || param === undefined ? shellWord(url) : `${shellWord(`${url}?${param}=`)}"$TOKEN"`;
}
