import type { JsonObject } from '../../model/json';
import type { OldRule } from '../old-api-rule';
import { accessHandler } from './handlers/all-handlers';
import type { ServedBy } from './handlers/handler';
import { isIstioJwt } from './handlers/jwt';
import type { PlacedNote } from './rule-notes';

/** A rule of APIRule v2 on its way into the new object. */
export interface Candidate {
  readonly path: string;
  readonly methods: readonly string[];
  /** All members but path and methods, in the order in which they are written. */
  readonly members: JsonObject;
  /** Index of the old rule. */
  readonly origin: number;
  readonly servedBy: ServedBy;
  /** Methods that the old rule let in by itself; less than `methods` where OPTIONS was added. */
  readonly oldMethods: readonly string[];
  /** Expression of the old rule: of equal ones only the first got a route. */
  readonly oldPath: string;
}

/** True for a rule that asks nobody for anything. */
export function isOpen({ members }: Pick<Candidate, 'members'>): boolean {
  return members['noAuth'] === true;
}

/** Who had the say about a rule in the old gateway. */
export function servedBy({ accessStrategies }: Pick<OldRule, 'accessStrategies'>): ServedBy {
  const kinds = accessStrategies.map(({ handler }) => accessHandler(handler)?.servedBy ?? 'oathkeeper');
  if (kinds.includes('direct-methods')) return 'direct-methods';
  if (kinds.includes('direct')) return 'direct';
  const [only, ...others] = accessStrategies;
  return only && others.length === 0 && only.handler === 'jwt' && isIstioJwt(only.config) ? 'proxy' : 'oathkeeper';
}

/** Rules on their way, and what is to be said of the old ones. */
export interface SettledRules {
  readonly rules: readonly Candidate[];
  readonly notes: readonly PlacedNote[];
}
