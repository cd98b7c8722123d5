import * as z from 'zod';
import { namespacesSchema } from './schema-expose';
import { issuerSchema } from './schema-issuers';
import { dnsLabel, domainName, gatewayName, serviceLabel, word } from './schema-parts';
import { validateSchema } from './schema-validate';
import { verificationSchema } from './schema-verification';
import { functionSchema, serviceSchema } from './schema-workloads';

const cluster = z.strictObject({
  domain: domainName.optional().describe('Completes hosts that are a single label. Default: the gateway completes them.'),
  gateway: gatewayName.optional().describe('Default: kyma-system/kyma-gateway.'),
});

const sections = {
  cluster: cluster.optional(),
  namespaces: namespacesSchema.optional().describe('Default: managed for functions and XSUAA issuers, existing for services.'),
  issuers: z.record(dnsLabel, issuerSchema).optional().describe('Who issues the tokens that rules accept.'),
  functions: z.record(serviceLabel, functionSchema).optional().describe('Serverless Functions by name.'),
  services: z.record(dnsLabel, serviceSchema).optional().describe('Workloads that exist already: protected without a Function.'),
  verification: verificationSchema.optional().describe('A Job that verifies what is deployed, from inside the cluster. Default: none.'),
  hold: z.array(word).optional().describe('Issuers that nobody knows yet: their API rules are left out until `kyma-guard lock` has run.'),
};

/** What one cluster gets: the file after its overlay was merged in. */
export const configSchema = z.strictObject({ version: z.literal(1), ...sections });

/** The file as written. Environments are overlays, so only their form is checked here. */
export const fileSchema = z.strictObject({
  version: z.literal(1).describe('Version of this format.'),
  ...sections,
  validate: validateSchema.optional().describe('What `kyma-guard validate --config FILE` takes from this file.'),
  environments: z
    .record(dnsLabel, z.union([z.string(), z.record(z.string(), z.json())], 'an overlay, or the path of a file with one'))
    .optional()
    .describe('Overlays by name, merged deeply into the rest; lists replace. Inline, or the path of a file.'),
});

/** The configuration of one environment. */
export type Config = z.output<typeof configSchema>;
