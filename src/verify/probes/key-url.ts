import type { Probe } from '../probe';
import { forged, unsignedTwins } from './forged';

const urls: Readonly<Record<string, string>> = {
  'the prober': '{{canary}}/token_keys',
  'the issuer as user name': '{{issuerOrigin}}@{{canaryHost}}{{canaryPath}}/token_keys',
  'the issuer in the fragment': '{{canary}}/token_keys#{{issuer}}',
  'the issuer in the query': '{{canary}}/?x={{issuer}}',
  'the issuer in the path': '{{canary}}/{{issuerHost}}/token_keys',
  'the scheme in capitals': 'HTTP://{{canaryHost}}{{canaryPath}}/token_keys',
  'no scheme': '//{{canaryHost}}{{canaryPath}}/token_keys',
};

const attempts = [
  ...Object.entries(urls).map(([variant, jku]) => forged(variant, { header: { jku }, signature: { by: 'foreign-key' } })),
  forged('a kid of its own', { header: { jku: '{{canary}}/token_keys', kid: 'kyma-guard' }, signature: { by: 'foreign-key' } }),
];

export const keyUrl: Probe = {
  id: 'key-url',
  family: 'header',
  title: 'A token that says where its keys are: jku',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: ['canary'],
  core: false,
  per: 'issuer',
  attempts,
  budget: { smoke: 0, standard: 1, full: 8 },
  twins: unsignedTwins,
  breach:
    'The header member jku leads the gateway to whoever wrote it: with a fetch alone it can be sent into the network, with keys from there anybody can write a token.',
  fix: 'Take keys from the configured address only; compare jku with it character by character if it must be read.',
  refs: ['RFC 8725 section 3.10', 'RFC 7515 section 4.1.2', 'CWE-918', 'CWE-1023'],
};
