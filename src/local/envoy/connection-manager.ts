import type { JsonObject } from '../../model/json';
import { corsFilterName } from './cors-policy';
import { typedExtension } from './typed-config';

const type = 'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

/** What one hop makes of requests. */
export interface Hop {
  readonly name: string;
  /** Filters before those that every hop has. */
  readonly filters: readonly JsonObject[];
  readonly routes: JsonObject;
  /** Further members of the connection manager. */
  readonly settings: JsonObject;
}

/**
 * The one network filter of a hop, with what Istio sets on both: paths are normalized (`BASE`), slashes are neither merged nor
 * decoded, streams have no idle timeout.
 *
 * @see https://istio.io/latest/docs/reference/config/security/normalization/
 */
export function connectionManager({ name, filters, routes, settings }: Hop): JsonObject {
  return typedExtension('envoy.filters.network.http_connection_manager', type, {
    stat_prefix: name,
    normalize_path: true,
    merge_slashes: false,
    path_with_escaped_slashes_action: 'KEEP_UNCHANGED',
    stream_idle_timeout: '0s',
    server_name: 'istio-envoy',
    upgrade_configs: [{ upgrade_type: 'websocket' }],
    ...settings,
    route_config: { name, validate_clusters: false, ...routes },
    http_filters: [
      ...filters,
      typedExtension(corsFilterName, 'envoy.extensions.filters.http.cors.v3.Cors'),
      typedExtension('envoy.filters.http.router', 'envoy.extensions.filters.http.router.v3.Router'),
    ],
  });
}

/** A host of a hop that answers everything by itself. */
export function directAnswer(status: number, text: string): JsonObject {
  return { match: { prefix: '/' }, direct_response: { status, body: { inline_string: text } } };
}
