import * as z from 'zod';
import { exposeSchema } from './schema-expose';
import { dnsLabel, filePath, objectName, serviceLabel, texts, word } from './schema-parts';

const git = z.strictObject({
  git: z.strictObject({
    url: word.describe('http(s) or ssh URL, without user and password.'),
    reference: word.describe('Branch, tag or commit. A commit is the only one that cannot move.'),
    baseDir: word,
    auth: z.strictObject({ type: z.enum(['basic', 'key']), secretName: objectName }).optional(),
  }),
});

const envValue = z.union(
  [
    z.string(),
    z.strictObject({ secret: z.strictObject({ name: objectName, key: word }) }),
    z.strictObject({ configMap: z.strictObject({ name: objectName, key: word }) }),
  ],
  'a text, { secret: { name, key } } or { configMap: { name, key } }',
);

const baseline = z
  .enum(['closed', 'none'])
  .optional()
  .describe('closed (default): nobody reaches the workload until an API rule lets them. none: other policies see to that.');

/** A serverless Function and the API rules in front of it. */
export const functionSchema = z.strictObject({
  namespace: dnsLabel,
  runtime: z.enum(['nodejs20', 'nodejs22', 'nodejs24', 'python312']),
  source: z.union([filePath, git], 'a folder below the folder of this file, or { git: { url, reference, baseDir } }'),
  profile: z.enum(['XS', 'S', 'M', 'L', 'XL']).optional().describe('Size of the Pods. Default: that of the cluster.'),
  replicas: z.int('a whole number, 0 or more').min(0, 'a whole number, 0 or more').optional(),
  env: z.record(word, envValue).optional(),
  labels: texts.optional().describe('Labels of the Pods.'),
  annotations: texts.optional().describe('Annotations of the Pods.'),
  bindings: z.array(word).optional().describe('XSUAA issuers of this file whose credentials are mounted, as @sap/xsenv expects them.'),
  secretMounts: z.array(z.strictObject({ secretName: objectName, mountPath: z.string().regex(/^\//, 'an absolute path') })).optional(),
  expose: z.array(exposeSchema).optional().describe('API rules. Default: none, nobody outside can call the Function.'),
  baseline,
});

/** A Service that exists already, and the API rules in front of it. */
export const serviceSchema = z.strictObject({
  namespace: dnsLabel,
  service: z.strictObject({
    name: serviceLabel,
    port: z.int('a port from 1 to 65535').min(1, 'a port from 1 to 65535').max(65_535, 'a port from 1 to 65535'),
  }),
  selector: texts.optional().describe('Labels of the Pods behind the Service; needed for the closed baseline.'),
  expose: z.array(exposeSchema).min(1, 'at least one API rule'),
  baseline,
});

/** A Function as configured. */
export type FunctionConfig = z.output<typeof functionSchema>;
/** A Service as configured. */
export type ServiceConfig = z.output<typeof serviceSchema>;
