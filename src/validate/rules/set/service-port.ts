import { exposuresOf, servicePath } from '../../exposures-of';
import type { Finding, SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents, exampleService } from '../security/example-workload';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

export const servicePort: SetRule = {
  id: 'service-port',
  layer: 'set',
  severity: 'medium',
  title: 'The Service of an APIRule has the port that the rule names',
  why: 'Nobody checks the port: the APIRule becomes Ready, and each call ends with 503.',
  fix: 'Name a port of the Service (spec.ports[].port, not targetPort); that of a Function is 80.',
  refs: ['Kyma documentation, APIRule custom resource, spec.service.port', 'Kubernetes documentation, Service, port definitions'],
  bad: documents(rule, exampleService.replace('port: 8080', 'port: 80')),
  good: documents(rule, exampleService),
  checkSet(input) {
    const seen = new Set<string>();
    return exposuresOf(input).flatMap((exposure): Finding[] => {
      const { apiRule, facts, port, namespace, service } = exposure;
      if (!facts || facts.ports.length === 0 || facts.ports.includes(port)) return [];
      const path = [...servicePath(exposure), 'port'];
      const place = JSON.stringify([apiRule.namespace, apiRule.name, path]);
      if (seen.has(place)) return [];
      seen.add(place);
      const ports = facts.ports.join(', ');
      return [{ manifest: apiRule.manifest, path, message: `Service ${namespace}/${service} has no port ${port}; it should be ${ports}` }];
    });
  },
};
