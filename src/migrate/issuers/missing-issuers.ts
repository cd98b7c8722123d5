import { objectRef } from '../../model/object-ref';
import type { OldApiRule } from '../old-api-rule';
import type { IssuerMap } from './issuer-map';
import type { MissingIssuer } from './missing-issuer';
import { oldTrusts } from './old-trust';
import { pairIssuers } from './pair-issuers';

/** Entries of old rules that nothing can be made of without the user, and who has them. */
export interface MissingWithUsers extends MissingIssuer {
  /** `APIRule namespace/name`, each once. */
  readonly usedBy: readonly string[];
}

/** What the issuer map still has to say before all APIRules can be migrated, each once, in the order of the APIRules. */
export function missingIssuers(apiRules: readonly OldApiRule[], map: IssuerMap): MissingWithUsers[] {
  const found = new Map<string, { readonly missing: MissingIssuer; readonly usedBy: Set<string> }>();
  for (const apiRule of apiRules) {
    for (const missing of oldTrusts(apiRule).flatMap((trust) => pairIssuers(trust, map).missing)) {
      const key = JSON.stringify(missing);
      const known = found.get(key) ?? { missing, usedBy: new Set() };
      known.usedBy.add(objectRef(apiRule.manifest));
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ missing, usedBy }) => ({ ...missing, usedBy: [...usedBy] }));
}
