import type { Chart } from 'cdk8s';
import { clusterOf, type Cluster } from '../../src/model/cluster';
import { printManifests } from '../../src/model/print-manifests';
import { readManifests } from '../../src/model/read-manifests';
import { synthesize } from './synthesize';

/** What a chart writes, read back as the contents of one cluster. Throws when the reader finds a problem. */
export function clusterFromChart(build: (chart: Chart) => unknown, domain = 'example.com'): Cluster {
  const { manifests, problems } = readManifests(printManifests(synthesize(build)), 'chart.k8s.yaml');
  const read = clusterOf(manifests, { domain });
  const found = [...problems, ...read.problems];
  if (found.length > 0) throw new Error(found.map(({ message }) => message).join('\n'));
  return read.cluster;
}
