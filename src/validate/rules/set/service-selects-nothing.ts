import { exposuresOf } from '../../exposures-of';
import { nearName } from '../../near-name';
import { podsIn } from '../../pods-of';
import type { Finding, SetInput, SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from '../security/example-api-rule';
import { documents, exampleDeployment, exampleService } from '../security/example-workload';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);

export const serviceSelectsNothing: SetRule = {
  id: 'service-selects-nothing',
  layer: 'set',
  severity: 'info',
  also: { medium: 'when Pods with a similar label are there' },
  title: 'An exposed Service selects Pods of the input',
  why: 'A Service with a typing error in its selector leads to no Pod: each call ends with 503, and the rules protect Pods that do not exist.',
  fix: 'Compare the selector with the labels of the Pods, or add the workload to the input (--context reads it without reporting on it).',
  refs: ['Kubernetes documentation, Service, services with selectors'],
  bad: documents(rule, exampleService, exampleDeployment().replaceAll('app: orders', 'app: order')),
  good: documents(rule, exampleService, exampleDeployment()),
  checkSet(input) {
    const services = new Set(exposuresOf(input).flatMap(({ facts }) => (facts && facts.manifest.kind === 'Service' ? [facts] : [])));
    return [...services].flatMap(({ manifest, namespace, selector }) => findings(input, { manifest, namespace, selector }));
  },
};

interface Selecting {
  readonly manifest: Finding['manifest'];
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
}

function findings(input: SetInput, { manifest, namespace, selector }: Selecting): Finding[] {
  const wanted = Object.entries(selector);
  const pods = podsIn(input, namespace);
  if (wanted.length === 0 || pods.length === 0) return [];
  if (pods.some(({ labels }) => wanted.every(([key, value]) => labels[key] === value))) return [];
  const place = { manifest, path: ['spec', 'selector'] };
  const near = wanted.map(([key, value]) => nearName(value, valuesOf(input, namespace, key))).find((name) => name !== undefined);
  return near === undefined
    ? [{ ...place, message: `selects no Pods of namespace ${namespace} that are in the input` }]
    : [{ ...place, message: `selects no Pods of namespace ${namespace}; did you mean "${near}"?`, severity: 'medium' }];
}

/** What the Pods of a namespace have under a label. */
function valuesOf(input: SetInput, namespace: string, key: string): readonly string[] {
  return input.shared(`values of ${key} in ${namespace}`, () => [
    ...new Set(podsIn(input, namespace).flatMap(({ labels }) => labels[key] ?? [])),
  ]);
}
