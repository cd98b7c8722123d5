import type { HttpRoute } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { typedConfig } from './typed-config';

type Cors = NonNullable<HttpRoute['cors']>;

/** Name under which a route configures the CORS filter. */
export const corsFilterName = 'envoy.filters.http.cors';

/** A route's CORS policy. Preflights of other origins go on to the workload, as Istio has it by default. */
export function corsPolicyConfig(cors: Cors): JsonObject {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAgeSeconds } = cors;
  return typedConfig('envoy.extensions.filters.http.cors.v3.CorsPolicy', {
    allow_origin_string_match: allowOrigins.map(({ match, value }) =>
      match === 'regex' ? { safe_regex: { regex: value } } : { [match]: value },
    ),
    allow_methods: allowMethods.join(','),
    allow_headers: allowHeaders.join(','),
    expose_headers: exposeHeaders.join(','),
    forward_not_matching_preflights: true,
    ...(allowCredentials === undefined ? {} : { allow_credentials: allowCredentials }),
    ...(maxAgeSeconds === undefined ? {} : { max_age: String(maxAgeSeconds) }),
  });
}
