import { VerificationJob } from '../../src/constructs/verification-job';
import type { VerificationJobProps } from '../../src/constructs/verification-props';
import { refusal } from '../support/synthesize';

const apiRule = { apiVersion: 'gateway.kyma-project.io/v2', kind: 'APIRule', metadata: { name: 'orders', namespace: 'shop' }, spec: {} };
const verifier = { sha256: 'ab'.repeat(32), gzip: 'AAAA' };
const usual: VerificationJobProps = {
  metadata: { name: 'verify', namespace: 'shop-verification' },
  image: `docker.io/library/node:22-alpine@sha256:${'1'.repeat(64)}`,
  apiRules: [apiRule],
  scope: ['orders.example.com'],
};
const routed = {
  ...apiRule,
  spec: { hosts: ['orders.example.com'], rules: [{ path: '/orders', methods: ['GET'] }] },
};

test.each<[string, Partial<VerificationJobProps>, string]>([
  [
    'an option that is written from elsewhere',
    { args: ['--wait', '1m'] },
    'args[0] of verify is --wait, which is written from wait; leave it out',
  ],
  ['the scope once more', { args: ['--scope-file=/a'] }, 'args[0] of verify is --scope-file=/a, which is written from scope; leave it out'],
  [
    'a mistyped option',
    { verifier, args: ['--rate', '1', '--profle'] },
    'args[2] of verify is --profle, which is no option of verify; did you mean --profile?',
  ],
  ['an option twice', { args: ['--rate', '1', '--rate', '2'] }, 'args[2] of verify is --rate a second time; give it once'],
  ['an option without its value', { args: ['--rate'] }, 'args[0] of verify is --rate without a value; give one behind it'],
  ['a value for a flag', { args: ['--gentle=yes'] }, 'args[0] of verify is --gentle=yes, and --gentle takes no value'],
  [
    'what sends nothing',
    { args: ['--plan'] },
    'args[0] of verify is --plan, with which nothing is sent and the Job ends well all the same; leave it out',
  ],
  ['the help', { args: ['--help'] }, 'args[0] of verify is --help, with which nothing is sent'],
  ['what runs on a laptop', { args: ['--local'] }, 'args[0] of verify is --local, which finds nothing in a Pod'],
  [
    'a route that no APIRule has',
    { apiRules: [routed], args: ['--only', 'GET orders.example.com/order'] },
    'args[1] of verify names "GET orders.example.com/order" for --only, which is no route of its APIRules; did you mean GET orders.example.com/orders?',
  ],
  [
    'a host that no APIRule has',
    { apiRules: [routed], args: ['--allow-disruptive=order.example.com'] },
    'args[0] of verify names "order.example.com" for --allow-disruptive, which is no host of its APIRules; did you mean orders.example.com?',
  ],
])('%s in its arguments is refused', (_, props, message) => {
  expect(refusal((chart) => new VerificationJob(chart, 'verify', { ...usual, ...props }))).toContain(message);
});

test.each<[string, Partial<VerificationJobProps>]>([
  ['a value that looks like an option', { args: ['--label', '--wait=1'] }],
  ['an option of a newer image', { args: ['--newer-than-this', 'x'] }],
  [
    'routes of a host that nobody knows in full',
    { apiRules: [{ ...routed, spec: { ...routed.spec, hosts: ['orders'] } }], args: ['--only', 'GET a.b/c'] },
  ],
  [
    'the host that stands for a wildcard',
    {
      apiRules: [{ ...routed, spec: { ...routed.spec, hosts: ['*.example.com'] } }],
      args: ['--sample', '*.example.com=www', '--only', 'GET www.example.com/*'],
    },
  ],
])('%s in its arguments is taken', (_, props) => {
  expect(refusal((chart) => new VerificationJob(chart, 'verify', { ...usual, ...props }))).toBe('');
});
