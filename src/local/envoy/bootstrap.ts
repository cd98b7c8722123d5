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
