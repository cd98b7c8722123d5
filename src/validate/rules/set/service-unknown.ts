import { nearName } from '../../near-name';
import { exposuresOf, servicePath, type Exposure } from '../../exposures-of';
import { groupBy } from '../../../model/group-by';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents, exampleService } from '../security/example-workload';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

export const serviceUnknown: SetRule = {
  id: 'service-unknown',
  layer: 'set',
  severity: 'info',
  also: { medium: 'when a Service with a similar name is there' },
  title: 'The Service of an APIRule is in the input',
  why: 'Without its Service nobody can say which Pods a rule protects, and which other rules lead to the same ones. A name with a typing error leads nowhere.',
  fix: 'Check the name, or add the Service to the input (--context reads it without reporting on it).',
  refs: ['Kyma documentation, APIRule custom resource, spec.service'],
  bad: rule,
  good: documents(rule, exampleService),
  checkSet(input) {
    const missing = exposuresOf(input).filter(({ facts, service }) => !facts && service !== '');
    const places = groupBy(missing, (exposure) =>
      JSON.stringify([exposure.apiRule.namespace, exposure.apiRule.name, servicePath(exposure)]),
    );
    return [...places.values()].flatMap(([exposure]) => (exposure ? [finding(input, exposure)] : []));
  },
};

function finding(input: SetInput, exposure: Exposure): Finding {
  const { apiRule, namespace, service } = exposure;
  const near = nearName(service, unusedServices(input, namespace));
  const place = { manifest: apiRule.manifest, path: [...servicePath(exposure), 'name'] };
  return near === undefined
    ? { ...place, message: `Service ${namespace}/${service} is not in the input` }
    : { ...place, message: `there is no Service ${namespace}/${service}; did you mean "${near}"?`, severity: 'medium' };
}

/** Services that no rule leads to: a typing error leaves the right one unused, and names that are alike on purpose are used. */
function unusedServices(input: SetInput, namespace: string): readonly string[] {
  const unused = input.shared('services without rule', () => {
    const used = new Set(exposuresOf(input).map(({ facts }) => facts));
    return groupBy(
      input.cluster.services.filter((service) => !used.has(service)),
      (service) => service.namespace,
    );
  });
  return (unused.get(namespace) ?? []).map(({ name }) => name);
}
