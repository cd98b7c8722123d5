import * as z from 'zod';
import { pinnedImage, pinnedImageForm } from '../model/image-reference';
import { dnsLabel, duration, objectName, word } from './schema-parts';

const positive = z.int('a whole number, 1 or more').min(1, 'a whole number, 1 or more');
const cidr = z.union([z.cidrv4(), z.cidrv6()], 'addresses in CIDR form, such as 203.0.113.0/24');
const httpUrl = z
  .string()
  .regex(/^https?:\/\/[^\s?#@]+$/, 'a URL with http or https, without user, query and fragment')
  .refine((text) => URL.canParse(text), 'a URL with http or https, without user, query and fragment');

const credentials = z.union(
  [word, z.strictObject({ issuer: word, secret: objectName })],
  'the name of an XSUAA issuer, or { issuer: NAME, secret: SECRET } for another',
);

const quantities = z.strictObject({
  cpu: z.string().regex(/^([0-9]+m|[0-9]+(\.[0-9]+)?)$/, 'processors such as "1" or 250m'),
  memory: z.string().regex(/^[0-9]+(Mi|Gi)$/, 'memory such as 384Mi'),
});

/** A Job that verifies what is deployed, from inside the cluster. */
export const verificationSchema = z.strictObject({
  name: dnsLabel.max(52).default('kyma-guard-verify').describe('Name of the Job and first part of the names of its objects.'),
  namespace: dnsLabel.describe('A namespace for verification alone: whoever runs Pods in it can read the credentials.'),
  kind: z
    .enum(['job', 'argocd', 'flux', 'helm', 'cronjob'])
    .default('job')
    .describe(
      'When it runs. job: once it is applied. argocd: after each sync (PostSync hook). flux: whenever its content changes. helm: on helm test. cronjob: by the clock.',
    ),
  schedule: word.optional().describe('For kind cronjob, as cron writes it: 0 3 * * *.'),
  timeZone: word.optional().describe('Of the schedule, such as Europe/Berlin. Default: that of the controller, usually UTC.'),
  image: z
    .string(pinnedImageForm)
    .regex(pinnedImage, pinnedImageForm)
    .describe('With its digest: Node.js 20 or later, or, with verifier: image, one whose entrypoint is kyma-guard.'),
  verifier: z
    .enum(['bundle', 'image'])
    .default('bundle')
    .describe('Where the verifier comes from. bundle: ConfigMaps that synth --with-verifier writes. image: the image holds it.'),
  credentials: z
    .array(credentials)
    .optional()
    .describe('Issuers that tokens are fetched from, each with credentials of its own. Default: every XSUAA issuer.'),
  profile: z.enum(['smoke', 'standard', 'full']).default('standard').describe('How much is asked.'),
  wait: duration.default('5m').describe('How long the deployment may take until it answers as it should.'),
  targets: z.record(word, httpUrl).optional().describe('Send requests for a host to this URL. Default: each host at its own address.'),
  issuers: z
    .record(dnsLabel, httpUrl)
    .optional()
    .describe('Where issuers of this file are really reachable. Default: at their own address.'),
  samples: z.record(word, dnsLabel).optional().describe('A name below each wildcard host: { "*.example.com": www }.'),
  labels: z.record(word, word).optional().describe('Name the run in reports. The environment is one of them already.'),
  args: z.array(word).optional().describe('Further arguments of verify.'),
  shards: positive.optional().describe('Pods that share the work. Default: 1.'),
  deadlineSeconds: positive.default(1800).describe('When the Job is stopped, retries included.'),
  retries: z
    .int('a whole number, 0 or more')
    .min(0, 'a whole number, 0 or more')
    .default(2)
    .describe('Tries after one that could decide nothing.'),
  keepSeconds: positive.optional().describe('How long a finished Job stays. Default: a day for kind job, else until the next one.'),
  resources: z.strictObject({ requests: quantities.optional(), limits: quantities.optional() }).optional(),
  network: z
    .strictObject({
      targets: z
        .array(cidr)
        .min(1, 'at least one network')
        .optional()
        .describe('Gateways. Default: public addresses and the ingress gateway.'),
      issuers: z.array(cidr).min(1, 'at least one network').optional().describe('Issuers. Default: public addresses.'),
    })
    .optional()
    .describe('Writes a NetworkPolicy: DNS, targets and issuers only, and nobody reaches the Pods. {} takes the defaults.'),
});

/** The verification as configured. */
export type VerificationConfig = z.output<typeof verificationSchema>;
