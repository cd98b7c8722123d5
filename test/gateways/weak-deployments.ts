import type { WeakDeployment } from './deployment';
import { weakAlgorithms } from './weak-algorithms';
import { weakClaims } from './weak-claims';
import { weakHeaders } from './weak-headers';
import { weakIssuers } from './weak-issuers';
import { weakRouting } from './weak-routing';
import { weakSignatures } from './weak-signatures';
import { weakTokens } from './weak-tokens';

/** All of them; each table has its test in test/verify/kill-matrix/. */
export const weakDeployments: readonly WeakDeployment[] = [
  ...weakTokens,
  ...weakSignatures,
  ...weakAlgorithms,
  ...weakHeaders,
  ...weakClaims,
  ...weakRouting,
  ...weakIssuers,
];
