import * as z from 'zod';
import { ruleMethods } from '../model/api-rule';
import { dnsLabel, gatewayName, hostName, rulePath, serviceLabel, texts, timeout, word } from './schema-parts';

const requirement = {
  clients: z
    .enum(['own', 'granted', 'any'])
    .optional()
    .describe('Whose tokens of a shared XSUAA are accepted: of the own client (default), of clients with a granted scope, of any client.'),
  audiences: z.array(word).min(1, 'at least one audience').optional().describe('Every one must be in the token.'),
  scopes: z
    .array(word)
    .min(1, 'at least one scope')
    .optional()
    .describe('Every one must be in the token. $XSAPPNAME is resolved through the lock file.'),
};

const issuerEntry = z.union(
  [word, z.strictObject({ issuer: word, ...requirement })],
  'the name of an issuer, or { issuer, audiences, scopes, clients }',
);

const access = z.union(
  [
    z.literal('public'),
    z.strictObject({
      jwt: z.strictObject({
        issuers: z.array(issuerEntry).min(1, 'at least one issuer').optional().describe('Names under `issuers`. Default: the only one.'),
        ...requirement,
      }),
    }),
  ],
  'the word public, or { jwt: { issuers: [NAME] } }',
);

const probe = z.strictObject({
  path: z.string().regex(/^\//, 'a path that begins with /').optional().describe('A real path for a rule with wildcards.'),
  query: word.optional().describe('Query of a call that succeeds, without the question mark.'),
  body: z.string().optional(),
  status: z.int('a status from 100 to 599').min(100, 'a status from 100 to 599').max(599, 'a status from 100 to 599').optional(),
  marker: word.optional().describe('A text that only the protected answer holds.'),
});

const rule = z.strictObject({
  path: rulePath,
  methods: z.array(z.enum(ruleMethods)).min(1, 'at least one method'),
  access: access.optional().describe('Who may call. Default: whoever has a valid token of the only issuer.'),
  timeoutSeconds: timeout.optional(),
  request: z
    .strictObject({ headers: texts.optional(), cookies: texts.optional() })
    .optional()
    .describe('What the gateway sets on the way to the workload.'),
  probe: probe.optional().describe('How verify calls this rule with success.'),
});

const origin = z.union(
  [z.strictObject({ exact: word }), z.strictObject({ prefix: word }), z.strictObject({ regex: word })],
  'exactly one of exact, prefix and regex',
);

const cors = z.strictObject({
  allowOrigins: z.array(origin).min(1, 'at least one origin'),
  allowMethods: z.array(word).optional(),
  allowHeaders: z.array(word).optional(),
  exposeHeaders: z.array(word).optional(),
  allowCredentials: z.boolean().optional(),
  maxAgeSeconds: z.int('whole seconds, 1 or more').min(1, 'whole seconds, 1 or more').optional(),
});

/** One API rule in front of a workload. */
export const exposeSchema = z.strictObject({
  name: serviceLabel.optional().describe('Name of the APIRule. Default: made of the workload and the first label of the host.'),
  host: hostName.describe('A label, completed with cluster.domain, or a full host.'),
  gateway: gatewayName.optional().describe('Default: cluster.gateway.'),
  timeoutSeconds: timeout.optional().describe('How long the gateway waits for the workload. Default: 180.'),
  cors: cors.optional(),
  rules: z.array(rule).min(1, 'at least one rule'),
});

/** Namespaces by name: written with the mesh label, or taken as they are. */
export const namespacesSchema = z.record(dnsLabel, z.enum(['managed', 'existing']));

/** One API rule as configured. */
export type ExposeConfig = z.output<typeof exposeSchema>;
/** One entry of its rules. */
export type RuleConfig = ExposeConfig['rules'][number];
/** `public`, or who may call. */
export type AccessConfig = z.output<typeof access>;
/** What tokens must carry. */
export interface RequirementConfig {
  readonly clients?: 'own' | 'granted' | 'any' | undefined;
  readonly audiences?: readonly string[] | undefined;
  readonly scopes?: readonly string[] | undefined;
}
