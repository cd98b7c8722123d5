import type { Probe } from '../probe';
import { forged } from './forged';

export const writeForged: Probe = {
  id: 'write-forged',
  family: 'signature',
  title: 'A method that writes, called without effect and with a token of our own key',
  claim: 'protected',
  severity: 'critical',
  impact: 'safe',
  profile: 'smoke',
  needs: [],
  core: true,
  per: 'issuer',
  on: 'writing',
  attempts: [forged('same kid', { signature: { by: 'foreign-key' } })],
  budget: { smoke: 1, standard: 1, full: 1 },
  twins: ['write-only'],
  breach:
    'A call that writes is let through with a token that anybody can sign: it is answered otherwise than this gateway refuses such tokens.',
  fix: 'Verify the signature of every token with the keys that the issuer publishes, for every method.',
  refs: ['CWE-347', 'OWASP API5:2023'],
};
