import { objectAt, textOf } from '../../../model/json-fields';
import { objectsOf, placeOf } from '../../objects-of';
import type { Finding, SetRule } from '../../rule';
import { documents } from './example-gateway-objects';
import { exampleExternalGateway } from './example-external-gateway';

export const externalGatewayDomainTaken: SetRule = {
  id: 'external-gateway-domain-taken',
  layer: 'controller',
  severity: 'high',
  title: 'Each external domain belongs to one ExternalGateway',
  why: 'The controller makes a gateway for one of the two only.',
  fix: 'Give each ExternalGateway its own externalDomain.',
  refs: ['Kyma documentation, ExternalGateway troubleshooting, readiness conditions'],
  bad: documents(exampleExternalGateway(), exampleExternalGateway('second')),
  good: documents(exampleExternalGateway(), exampleExternalGateway('second', 'second.example.com')),
  checkSet(input) {
    const owners = new Map<string, string>();
    return objectsOf(input, 'ExternalGateway.gateway.kyma-project.io').flatMap((manifest): Finding[] => {
      const domain = textOf(objectAt(manifest.body, 'spec')['externalDomain']);
      const owner = owners.get(domain);
      if (owner === undefined) owners.set(domain, placeOf(manifest));
      if (owner === undefined || owner === placeOf(manifest) || domain === '') return [];
      const message = `${domain} belongs to ExternalGateway ${owner} already; give another one`;
      return [{ manifest, path: ['spec', 'externalDomain'], message, reason: 'ExternalDomainConflict' }];
    });
  },
};
