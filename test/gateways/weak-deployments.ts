import type { WeakDeployment } from './deployment';
import { weakAlgorithms } from './weak-algorithms';
import { weakClaims } from './weak-claims';
import { weakEntrances } from './weak-entrances';
import { weakHeaders } from './weak-headers';
import { weakIssuers } from './weak-issuers';
import { weakRouting } from './weak-routing';
import { weakSignatures } from './weak-signatures';
import { weakTokens } from './weak-tokens';
import { notable, weakPlatform } from './weak-platform';
import { weakMethods } from './weak-methods';
import { weakPaths } from './weak-paths';
import { weakTrust } from './weak-trust';
import { weakTransport } from './weak-transport';

/** All of them; each table has its test in test/verify/kill-matrix/. */
export const weakDeployments: readonly WeakDeployment[] = [
  ...weakTokens,
  ...weakSignatures,
  ...weakAlgorithms,
  ...weakHeaders,
  ...weakClaims,
  ...weakRouting,
  ...weakTransport,
  ...weakMethods,
  ...weakPaths,
  ...weakTrust,
  ...weakEntrances,
  ...weakPlatform,
  ...notable.map((one) => ({ ...one, raises: one.notes })),
  ...weakIssuers,
];
