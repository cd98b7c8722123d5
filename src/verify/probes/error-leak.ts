import { calibrationGarbage, type Attempt, type Probe, type Seen } from '../probe';

/** What an error page should keep to itself, each with its name. */
const leaks: readonly (readonly [what: string, sign: RegExp])[] = [
  ['a stack trace of Node.js', /\n\s+at .{1,200}:\d+:\d+\)?|node:internal\//],
  ['a stack trace of Java', /\n\s+at [\w.$]{1,200}\([\w.]{1,80}(:\d+)?\)|java\.lang\.\w+(Exception|Error)/],
  ['a stack trace of Python', /Traceback \(most recent call last\)/],
  ['a stack trace of Go', /goroutine \d+ \[/],
  ['a stack trace of .NET', /\bat [\w.]{1,200}\(.{0,200}\) in .{1,200}:line \d+/],
  ['a path of the server', /\/(usr\/src|home|app|opt|var\/www)\/[\w./-]{1,200}\.(js|ts|py|rb|php|java)\b|\/node_modules\//],
  ['a name inside the cluster', /\b[\w-]{1,63}\.[\w-]{1,63}\.svc\.cluster\.local\b/],
  ['a private key', /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/],
];

function inspect({ status, body }: Seen): string | undefined {
  if (status < 400) return undefined;
  const text = body.subarray(0, 65_536).toString('utf8');
  const found = leaks.find(([, sign]) => sign.test(text));
  return found && `the refusal shows ${found[0]}`;
}

const forged = (kid: string): Attempt['credential'] => ({ kind: 'forged', recipe: { header: { kid }, signature: { by: 'foreign-key' } } });

export const errorLeak: Probe = {
  id: 'error-leak',
  family: 'platform',
  title: 'Refusals that say too much',
  claim: 'protected',
  severity: 'low',
  impact: 'safe',
  profile: 'full',
  needs: [],
  core: false,
  per: 'endpoint',
  attempts: [
    { variant: 'no token', credential: { kind: 'none' } },
    { variant: 'a text that is no token', credential: { kind: 'text', text: calibrationGarbage } },
    { variant: 'three words', credential: { kind: 'text', text: 'bnVsbA.bnVsbA.bnVsbA' } },
    { variant: 'an unknown key', credential: forged('kyma-guard') },
    { variant: 'a broken escape in the path', credential: { kind: 'none' }, query: 'kyma-guard=%ff%', over: 'bytes' },
  ],
  budget: { smoke: 0, standard: 0, full: 5 },
  evidence: 'inspect',
  twins: [],
  inspect,
  expected: 'a short text without traces, paths or names of the inside',
  breach: 'An attacker learns from refusals how the deployment is built.',
  fix: 'Answer errors with a short text, and log the rest; switch the error pages of development off (NODE_ENV=production).',
  refs: ['CWE-209', 'OWASP API8:2023'],
};
