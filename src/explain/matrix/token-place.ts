import type { JwtRule } from '../../model/istio';

/** Where a workload looks for tokens of one issuer, in words. */
export function tokenPlace({ fromHeaders, fromParams }: Pick<JwtRule, 'fromHeaders' | 'fromParams'>): string[] {
  if (fromHeaders.length === 0 && fromParams.length === 0) return ['header Authorization: Bearer', 'parameter access_token'];
  return [
    ...fromHeaders.map(({ name, prefix = '' }) => `header ${name}${prefix.trim() === '' ? '' : `: ${prefix.trim()}`}`),
    ...fromParams.map((name) => `parameter ${name}`),
  ];
}
