import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const marker = 'kyma-guard';

/** Constants only, never a second statement. */
const kids = [
  `x' UNION SELECT '${marker}' -- `,
  `x' UNION SELECT '${marker}','${marker}' -- `,
  `x' UNION SELECT '${marker}','${marker}','${marker}' -- `,
  `x' UNION SELECT '${marker}'#`,
  `x" UNION SELECT "${marker}" -- `,
  `x') UNION SELECT '${marker}' -- `,
  `0 UNION SELECT '${marker}' -- `,
];

const attempts = kids.map((kid) =>
  forged(`kid ${kid}`, { header: { alg: 'HS256', kid }, signature: { by: 'hmac', secrets: { 'the constant': marker } } }),
);

export const kidInjection: Probe = {
  id: 'kid-injection',
  family: 'header',
  title: 'A kid that is a piece of SQL',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 1, full: 7 },
  twins: unsignedTwins,
  breach: 'The kid is put into a query: whoever writes it chooses the key.',
  fix: 'Look a kid up in the configured key set; use parameters in every query.',
  refs: ['RFC 8725 section 3.10', 'CWE-89'],
};
