import fc from 'fast-check';
import { securityFactRules } from '../../../src/validate/rules/security/security-fact-rules';
import { setRules } from '../../../src/validate/rules/set/set-rules';
import { rawFindings } from '../../support/rule-findings';
import { runs } from '../../support/runs';

const apiVersions = {
  APIRule: 'gateway.kyma-project.io/v2',
  Function: 'serverless.kyma-project.io/v1alpha2',
  Service: 'v1',
  Deployment: 'apps/v1',
  Pod: 'v1',
  Namespace: 'v1',
  ServiceBinding: 'services.cloud.sap.com/v1',
  Gateway: 'networking.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
} as const;
const kinds = Object.keys(apiVersions) as (keyof typeof apiVersions)[];

/** Members that rules read, so that arbitrary values land where they hurt. */
const members = [
  ['rules', 'hosts', 'service', 'gateway', 'corsPolicy', 'selector', 'jwtRules', 'servers', 'template', 'secretMounts', 'labels', 'ports'],
  ['jwt', 'extAuth', 'path', 'methods', 'noAuth', 'request', 'from', 'to', 'allowOrigins', 'matchLabels', 'metadata', 'issuer', 'name'],
  ['authentications', 'authorizations', 'restrictions', 'headers', 'cookies', 'source', 'exact', 'regex', 'fromHeaders', 'notPrincipals'],
].map((names) => fc.constantFrom(...names));

function specOf(depth: number): fc.Arbitrary<unknown> {
  const name = members[depth];
  if (!name) return fc.jsonValue({ maxDepth: 1 });
  const inner = specOf(depth + 1);
  return fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.dictionary(name, fc.oneof(inner, fc.array(inner, { maxLength: 2 })), { maxKeys: 4 }));
}

const objects = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), spec: specOf(0) }).map(({ kind, spec }) => ({
    ...{ apiVersion: apiVersions[kind], kind, spec },
    metadata: { name: 'orders', namespace: 'shop' },
  })),
  { minLength: 1, maxLength: 4 },
);

test.each([...securityFactRules, ...setRules].map((rule) => [rule.id, rule] as const))(
  '%s takes any manifest without failing',
  (_, rule) => {
    fc.assert(
      fc.property(objects, (items) => {
        const findings = rawFindings(rule, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
        expect(findings.every(({ message }) => message.length > 0)).toBe(true);
      }),
      { numRuns: runs(60) },
    );
  },
);
