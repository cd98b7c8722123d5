import * as z from 'zod';
import { dnsLabel, duration, filePath, word } from './schema-parts';

const httpsUrl = z.string().regex(/^https?:\/\/[^\s?#@]+$/, 'a URL without user, query and fragment, written exactly as the tokens say it');

const rotation = z.union(
  [
    z.literal('none'),
    z.strictObject({
      every: duration.describe('How often the operator makes new credentials.').default('72h'),
      keep: duration.describe('How long the old credentials stay valid.').default('48h'),
    }),
  ],
  'none, or { every: 72h, keep: 48h }',
);

const binding = z.strictObject({
  name: dnsLabel
    .max(54)
    .optional()
    .describe(
      'First part of the name of ServiceBinding and Secret, and the folder that a Function sees. Default: the name of the instance.',
    ),
  suffix: z
    .enum(['hash', 'none'])
    .optional()
    .describe('hash (default): a changed binding gets a new name, because the operator refuses changes. none: the name as it is.'),
  credentials: z.enum(['secret', 'x509']).default('secret').describe('What the client authenticates with.'),
  rotation: rotation.optional().describe('Credentials rotation by the operator. Default: every 72h, old ones kept 48h.'),
  x509: z
    .strictObject({
      keyLength: z.union([z.literal(2048), z.literal(4096), z.literal(8192)], '2048, 4096 or 8192').optional(),
      validityDays: z.int('whole days from 1 to 30').min(1, 'whole days from 1 to 30').max(30, 'whole days from 1 to 30').optional(),
    })
    .optional()
    .describe('For credentials: x509.'),
});

const xsuaa = z.strictObject({
  kind: z.literal('xsuaa'),
  namespace: dnsLabel.describe('Where ServiceInstance, ServiceBinding and Secret are.'),
  name: dnsLabel.optional().describe('Name of the ServiceInstance. Default: the name of the issuer in this file.'),
  url: httpsUrl.optional().describe('The `url` of the credentials. Default: from the lock file.'),
  security: z
    .union([filePath, z.record(z.string(), z.json())], 'a path to xs-security.json, or its content')
    .describe('The security descriptor: a path, or inline. Becomes the parameters of the ServiceInstance.'),
  binding: binding.optional(),
});

const oidc = z.strictObject({
  kind: z.literal('oidc'),
  issuer: httpsUrl.describe('Exactly as in the `iss` claim of the tokens: a final slash counts.'),
  jwksUri: httpsUrl.describe('Where the public keys are; `jwks_uri` of the discovery document.'),
  fromHeaders: z
    .array(z.strictObject({ name: word, prefix: z.string().optional() }))
    .max(1, 'one header; the gateway reads no second one')
    .optional()
    .describe('Where the token stands, if not in Authorization: Bearer.'),
  fromParams: z
    .array(word)
    .max(1, 'one parameter; the gateway reads no second one')
    .optional()
    .describe('Query parameter with the token. It ends up in logs.'),
});

/** Who issues tokens. */
export const issuerSchema = z.discriminatedUnion('kind', [xsuaa, oidc]);
/** An issuer as configured. */
export type IssuerConfig = z.output<typeof issuerSchema>;
/** An XSUAA instance as configured. */
export type XsuaaConfig = z.output<typeof xsuaa>;
