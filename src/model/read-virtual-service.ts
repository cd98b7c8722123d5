import type { FieldReader } from './field-reader';
import type { Destination, HttpRoute, Origin, VirtualService } from './istio';
import { escapeRegex } from './linear-regex';
import type { Manifest } from './manifest';
import { namespaceOf } from './object-ref';
import { destinationOf, type ServiceIndex } from './service-workload';

const knownRouteMembers = new Set(['name', 'match', 'route', 'timeout', 'headers', 'corsPolicy', 'retries']);
const knownMatchMembers = new Set(['name', 'uri', 'method']);

/** Reads a VirtualService. A route with several alternatives in `match` becomes several routes; what the model does not know is kept by name. */
export function readVirtualService(
  manifest: Manifest,
  spec: FieldReader,
  owner: string | undefined,
  services: ServiceIndex,
): VirtualService {
  const http = spec.at('http').list();
  return {
    namespace: namespaceOf(manifest),
    name: manifest.name,
    hosts: spec
      .at('hosts')
      .texts()
      .map((host) => host.toLowerCase()),
    gateways: spec.at('gateways').texts(),
    http: http.flatMap((route, index) =>
      readRoute(manifest, route, owner === undefined ? undefined : { apiRule: owner, rule: index }, services),
    ),
  };
}

function readRoute(manifest: Manifest, route: FieldReader, origin: Origin | undefined, services: ServiceIndex): HttpRoute[] {
  const matches = route.at('match').list();
  const shared = {
    ...(origin ? { origin } : {}),
    destination: readDestination(manifest, route, services),
    timeoutSeconds: seconds(route.at('timeout').text()),
    setRequestHeaders: route.at('headers').at('request').at('set').textMap(),
    removeResponseHeaders: route.at('headers').at('response').at('remove').texts(),
    ...readCors(route.at('corsPolicy')),
  };
  const unsupported = Object.keys(route.object() ?? {}).filter((key) => !knownRouteMembers.has(key));
  if (route.at('route').list().length > 1) unsupported.push('route with several destinations');
  if (matches.length === 0) return [{ ...shared, uri: { kind: 'prefix', value: '/' }, ...named(unsupported) }];
  return matches.map((match) => {
    const others = Object.keys(match.object() ?? {}).filter((key) => !knownMatchMembers.has(key));
    return { ...shared, uri: readUri(match.at('uri')), ...readMethod(match.at('method')), ...named([...unsupported, ...others]) };
  });
}

function named(unsupported: readonly string[]): { readonly unsupported?: readonly string[] } {
  return unsupported.length > 0 ? { unsupported } : {};
}

function readUri(uri: FieldReader): HttpRoute['uri'] {
  for (const kind of ['exact', 'prefix', 'regex'] as const) {
    const value = uri.at(kind).text();
    if (value !== undefined) return { kind, value };
  }
  return { kind: 'prefix', value: '/' };
}

function readMethod(method: FieldReader): { readonly methodRegex?: string } {
  const exact = method.at('exact').text();
  const prefix = method.at('prefix').text();
  const regex =
    method.at('regex').text() ??
    (exact === undefined ? undefined : escapeRegex(exact)) ??
    (prefix === undefined ? undefined : `${escapeRegex(prefix)}.*`);
  return regex === undefined ? {} : { methodRegex: regex };
}

function readDestination(manifest: Manifest, route: FieldReader, services: ServiceIndex): Destination {
  const destination = route.at('route').list()[0]?.at('destination');
  const [service = '', namespace = namespaceOf(manifest)] = (destination?.at('host').text() ?? '').split('.');
  return destinationOf(services, namespace, service, destination?.at('port').at('number').integer() ?? 0);
}

function seconds(duration: string | undefined): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(duration ?? '');
  const unit = { ms: 0.001, s: 1, m: 60, h: 3600 }[match?.[2] ?? ''] ?? 0;
  return Number(match?.[1] ?? 0) * unit;
}

function readCors(cors: FieldReader): Pick<HttpRoute, 'cors'> {
  if (!cors.object()) return {};
  const credentials = cors.at('allowCredentials').boolean();
  const maxAge = cors.at('maxAge').text();
  const origins = cors.at('allowOrigins').list();
  return {
    cors: {
      allowOrigins: origins.flatMap((origin) =>
        (['exact', 'prefix', 'regex'] as const).flatMap((match) => {
          const value = origin.at(match).text();
          return value === undefined ? [] : [{ match, value }];
        }),
      ),
      allowMethods: cors.at('allowMethods').texts(),
      allowHeaders: cors.at('allowHeaders').texts(),
      exposeHeaders: cors.at('exposeHeaders').texts(),
      ...(credentials === undefined ? {} : { allowCredentials: credentials }),
      ...(maxAge === undefined ? {} : { maxAgeSeconds: seconds(maxAge) }),
    },
  };
}
