import { internalDomainProblems } from '../../../model/controller/external-gateway-problems';
import { objectsOf } from '../../objects-of';
import type { SetRule } from '../../rule';
import { documents } from './example-gateway-objects';
import { exampleDefaultGateway, exampleExternalGateway } from './example-external-gateway';
import { problemFinding } from '../../problem-rule';

export const externalGatewayInternalDomain: SetRule = {
  id: 'external-gateway-internal-domain',
  layer: 'controller',
  severity: 'high',
  title: 'The internal domain of an ExternalGateway fits into a certificate',
  why: 'The common name of a certificate has at most 64 characters. With a longer domain the controller makes no gateway.',
  fix: 'Give a shorter kymaSubdomain.',
  refs: ['Kyma documentation, ExternalGateway troubleshooting, readiness conditions', 'RFC 5280 appendix A.1'],
  bad: documents(exampleDefaultGateway(), exampleExternalGateway('partner', 'partner.example.com', 'x'.repeat(63))),
  good: documents(exampleDefaultGateway(), exampleExternalGateway()),
  checkSet(input) {
    const domain = input.cluster.domains['*'] ?? input.cluster.domains['kyma-system/kyma-gateway'];
    if (domain === undefined) return [];
    return objectsOf(input, 'ExternalGateway.gateway.kyma-project.io').flatMap((manifest) =>
      internalDomainProblems(manifest.body, domain).map((problem) => problemFinding(manifest, problem)),
    );
  },
};
