import { bypassedPort } from '../../bypassed-port';
import { exposedPods } from '../../pods-of';
import type { SetRule } from '../../rule';
import { exampleApiRule, exampleJwt } from './example-api-rule';
import { documents, exampleDeployment, exampleService } from './example-workload';

const rule = exampleApiRule([`{ path: /orders, methods: [GET], ${exampleJwt} }`]);
const withPorts = (ports: string): string =>
  exampleDeployment().replace('metadata: { labels: { app: orders } }', `metadata: { labels: { app: orders }, annotations: { ${ports} } }`);

export const sidecarBypassed: SetRule = {
  id: 'sidecar-bypassed',
  layer: 'security',
  severity: 'high',
  title: 'Requests to exposed Pods pass their sidecar',
  why: 'The controller only looks whether there is a sidecar. Where annotations lead a port past it, every caller in the cluster reaches the container without any check.',
  fix: 'Take the exposed port out of the annotation, or remove the annotation.',
  refs: ['Istio reference, Resource annotations, traffic.sidecar.istio.io/excludeInboundPorts', 'CWE-306'],
  bad: documents(rule, exampleService, withPorts("traffic.sidecar.istio.io/excludeInboundPorts: '8080'")),
  good: documents(rule, exampleService, withPorts("traffic.sidecar.istio.io/excludeInboundPorts: '9090'")),
  *checkSet(input) {
    for (const { pods, exposure } of exposedPods(input)) {
      const bypassed = bypassedPort(pods, exposure);
      if (!bypassed) continue;
      const path = [...pods.labelsPath.slice(0, -1), 'annotations', bypassed.annotation];
      yield { manifest: pods.manifest, path, message: `${bypassed.message}; its requests should pass the sidecar` };
    }
  },
};
