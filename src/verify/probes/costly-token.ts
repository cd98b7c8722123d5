import { encodeSegment } from '../../token/decode';
import type { Attempt, Probe, Seen } from '../probe';

/** Rounds of PBKDF2 that a token asks for: hardly any, and as many as take a processor some tenths of a second. */
const rounds = { few: 1000, many: 1_000_000 } as const;

/** A token whose key is to be derived from a password. Nothing in it can be decrypted. @see RFC 7518 section 4.8 */
function attempt(p2c: number): Attempt {
  const zeros = (bytes: number): string => Buffer.alloc(bytes).toString('base64url');
  const header = encodeSegment({ alg: 'PBES2-HS256+A128KW', enc: 'A128GCM', cty: 'JWT', p2s: zeros(16), p2c });
  const text = [header, zeros(24), zeros(12), zeros(32), zeros(16)].join('.');
  return { variant: `PBES2 with ${p2c} rounds`, credential: { kind: 'text', text } };
}

/** Both dear ones must be slow and both cheap ones quick: a target under load is slow by chance. */
function inspect({ ms, earlierMs }: Seen): string | undefined {
  const [quick, slow, quickAgain] = earlierMs;
  if (quick === undefined || slow === undefined || quickAgain === undefined) return undefined;
  const [least, most] = [Math.min(slow, ms), Math.max(quick, quickAgain)];
  return least >= 4 * most && least - most >= 200
    ? `with ${rounds.many} rounds the refusal takes ${least} ms, with ${rounds.few} ${most} ms`
    : undefined;
}

export const costlyToken: Probe = {
  id: 'costly-token',
  family: 'header',
  title: 'A token that says how much work it is to be read',
  claim: 'protected',
  severity: 'low',
  impact: 'noisy',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [{ ...attempt(rounds.many), before: { attempts: [rounds.few, rounds.many, rounds.few].map(attempt), how: 'apart' } }],
  budget: { smoke: 0, standard: 0, full: 4 },
  evidence: 'inspect',
  twins: [],
  inspect,
  expected: 'a refusal that takes no longer than for any other token',
  breach: 'The header of a token decides how long a processor works on it: a few tokens a second bring the gateway to a stop.',
  fix: 'Do not accept encrypted tokens, or name the accepted algorithms and put a bound on p2c.',
  refs: ['CVE-2023-50967', 'RFC 8725 section 3.2', 'CWE-400'],
};
