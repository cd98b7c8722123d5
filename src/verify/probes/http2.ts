import { calibrationGarbage, type Attempt, type Probe } from '../probe';

const over = 'h2';
const bearer = (value: string): NonNullable<Attempt['headers']> => [['Authorization', value]];

export const http2: Probe = {
  id: 'http2',
  family: 'platform',
  title: 'The plain attacks over HTTP/2',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'standard',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [
    { variant: 'no token', credential: { kind: 'none' }, over },
    { variant: 'an empty token', credential: { kind: 'none' }, over, headers: bearer('Bearer ') },
    { variant: 'a text that is no token', credential: { kind: 'text', text: calibrationGarbage }, over },
    { variant: 'a token of our own key', credential: { kind: 'forged', recipe: { signature: { by: 'foreign-key' } } }, over },
    { variant: 'an unsigned token', credential: { kind: 'forged', recipe: { header: { alg: 'none' }, signature: { by: 'none' } } }, over },
  ],
  budget: { smoke: 0, standard: 1, full: 5 },
  twins: ['no-token', 'empty-token', 'garbage-token', 'foreign-key', 'signature-stripped', 'alg-none'],
  breach: 'What is protected over HTTP/1.1 is open over HTTP/2.',
  fix: 'Put the same filters before every listener and protocol, and test each of them.',
  refs: ['RFC 9113', 'CWE-288'],
};
