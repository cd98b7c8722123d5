import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const issuers: Readonly<Record<string, string | string[]>> = {
  'the issuer in the query': '{{canary}}/?x={{issuer}}',
  'the prober': '{{canary}}',
  'the issuer as user name': '{{issuerOrigin}}@{{canaryHost}}{{canaryPath}}',
  'the issuer in the path': '{{canary}}/{{issuerHost}}/oauth/token',
  'the issuer in the fragment': '{{canary}}#{{issuer}}',
  'a list of both': ['{{canary}}', '{{issuer}}'],
};

const attempts = [
  ...Object.entries(issuers).map(([variant, iss]) => forged(variant, { claims: { iss }, signature: { by: 'foreign-key' } })),
  forged('other claims that could be addresses', {
    claims: { jwks_uri: '{{canary}}/token_keys', aud: '{{canary}}', client_id: '{{canary}}', azp: '{{canary}}', tid: '{{canary}}' },
    signature: { by: 'foreign-key' },
  }),
];

export const issuerUrl: Probe = {
  id: 'issuer-url',
  family: 'claims',
  title: 'An issuer that only looks like the trusted one',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: ['canary'],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 1, full: 7 },
  twins: unsignedTwins,
  breach:
    'The claims of a token nobody verified yet lead the gateway to whoever wrote them: with a fetch alone it can be sent into the network, with keys from there anybody can write a token.',
  fix: 'Compare iss with the configured issuers character by character before anything is fetched, and fetch nothing that a token names.',
  refs: ['CVE-2025-30144', 'CVE-2023-49583', 'RFC 8725 section 3.8', 'CWE-918'],
};
