import type { JsonObject } from '../../model/json';
import type { EnvoyResources } from './resources';
import { typedConfig } from './typed-config';

/** What Istio sets for its proxies and what decides about requests. */
const runtime: JsonObject = {
  'envoy.reloadable_features.http_reject_path_with_fragment': false,
  're2.max_program_size.error_level': 32_768,
};

/** A bootstrap that holds everything, without an admin interface. */
export function staticBootstrap({ doors, sidecars, clusters }: EnvoyResources): JsonObject {
  return { ...frame, static_resources: { listeners: [...sidecars, ...doors], clusters: [...clusters] } };
}

/** A bootstrap that reads listeners and clusters from files, and again whenever one of them is replaced. */
export function fileBootstrap(files: ResourceFiles): JsonObject {
  const source = (path: string): JsonObject => ({ path_config_source: { path }, resource_api_version: 'V3' });
  return { ...frame, dynamic_resources: { cds_config: source(files.clusters), lds_config: source(files.listeners) } };
}

/** Paths of the files that Envoy reads. */
export interface ResourceFiles {
  readonly listeners: string;
  readonly clusters: string;
}

/** Texts for the files that `fileBootstrap` names. */
export function resourceTexts({ doors, sidecars, clusters }: EnvoyResources): ResourceFiles {
  const text = (type: string, resources: readonly JsonObject[]): string =>
    JSON.stringify({ resources: resources.map((resource) => typedConfig(type, resource)) });
  return {
    listeners: text('envoy.config.listener.v3.Listener', [...sidecars, ...doors]),
    clusters: text('envoy.config.cluster.v3.Cluster', clusters),
  };
}

const frame: JsonObject = {
  node: { id: 'kyma-guard', cluster: 'kyma-guard' },
  bootstrap_extensions: [
    {
      name: 'envoy.bootstrap.internal_listener',
      typed_config: typedConfig('envoy.extensions.bootstrap.internal_listener.v3.InternalListener'),
    },
  ],
  layered_runtime: { layers: [{ name: 'as Istio has it', static_layer: runtime }] },
};
