import type { Attempt, Probe } from '../probe';

const text: Attempt['credential'] = { kind: 'text', text: 'not.good.token' };
const forged: Attempt['credential'] = { kind: 'forged', recipe: { signature: { by: 'foreign-key' } } };

export const bodyToken: Probe = {
  id: 'body-token',
  family: 'transport',
  title: 'A token of our own in the body',
  claim: 'closed-to-anonymous',
  severity: 'critical',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [
    { variant: 'a text that is no token in a form', credential: text, place: { field: 'access_token' } },
    { variant: 'a token of our own key in a form', credential: forged, place: { field: 'access_token' } },
    { variant: 'a token of our own key in the field token', credential: forged, place: { field: 'token' } },
    {
      variant: 'a text that is no token in JSON',
      credential: { kind: 'none' },
      headers: [['Content-Type', 'application/json']],
      body: '{"access_token":"not.good.token"}',
    },
  ],
  budget: { smoke: 0, standard: 0, full: 4 },
  refusals: [405, 411, 413, 415, 422],
  twins: ['no-token', 'foreign-key', 'garbage-token'],
  breach: 'A form field in the place of a token opens the route.',
  fix: 'Read tokens from the Authorization header only, and verify them wherever they are read.',
  refs: ['RFC 6750 section 2.2', 'CWE-347'],
};
