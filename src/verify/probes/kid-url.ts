import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

/** What goes through a shell fetches a page of the prober, and does nothing else. */
const kids = ['{{canary}}/key.pem', '{{canary}}/token_keys', '| curl -s {{canary}}', '$(curl -s {{canary}})', '`curl -s {{canary}}`'];

const attempts = kids.map((kid) =>
  forged(`kid ${kid.replace('{{canary}}', 'URL')}`, { header: { kid }, signature: { by: 'foreign-key' } }),
);

export const kidUrl: Probe = {
  id: 'kid-url',
  family: 'header',
  title: 'A kid that is a URL',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: ['canary'],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 0, full: 6 },
  twins: unsignedTwins,
  breach: 'The kid is used as an address, or as a part of a command: whoever writes it sends the gateway where they like.',
  fix: 'Look a kid up in the configured key set and nowhere else.',
  refs: ['RFC 8725 section 3.10', 'CWE-918', 'CWE-78'],
};
