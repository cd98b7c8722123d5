import type { Intent } from '../intent';
import { anonymous } from './caller';
import type { RuleReach } from './rule-reach';
import type { HostSearch } from './search-host';

/** Another spelling of a protected path that a public rule takes. */
export interface Spelling {
  readonly closed: Intent;
  readonly open: Intent;
  readonly method: string;
  readonly host: string;
  /** As the protected rule takes it. */
  readonly path: string;
  /** As the public rule takes it: a slash more, another case, an escape. */
  readonly variant: string;
}

/** Spellings that many workloads take for the same path, while gateways tell them apart. The first one for each protected rule. */
export function spellingsOf(search: HostSearch, reaches: readonly RuleReach[]): Spelling[] {
  const found = new Map<string, Spelling>();
  for (const { apiRule, index, method, host, meant: path } of reaches) {
    const rule = apiRule.rules[index];
    const key = `${apiRule.namespace}/${apiRule.name} ${index}`;
    if (!rule || path === undefined || rule.access.kind === 'noAuth' || found.has(key)) continue;
    for (const variant of variantsOf(path)) {
      const open = search.intent(method, variant);
      if (open?.rule.access.kind !== 'noAuth') continue;
      if (!search.decideFor(method, variant, anonymous).some(({ verdict }) => verdict === 'forward')) continue;
      found.set(key, { closed: { apiRule, rule, index }, open, method, host, path, variant });
      break;
    }
  }
  return [...found.values()];
}

function variantsOf(path: string): string[] {
  const inner = path.indexOf('/', 1);
  const variants = [
    path.endsWith('/') ? path.slice(0, -1) : `${path}/`,
    `/${path}`,
    path.replace(/[a-z]/, (letter) => letter.toUpperCase()),
    ...(inner > 0 && inner < path.length - 1 ? [`${path.slice(0, inner)}%2F${path.slice(inner + 1)}`] : []),
  ];
  return variants.filter((variant) => variant !== '' && variant !== path && path !== '/');
}
