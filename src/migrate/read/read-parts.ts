import type { CorsPolicy, ServiceRef } from '../../model/api-rule';
import type { FieldReader } from '../../model/field-reader';
import { goDurationSeconds } from '../../model/go-duration';
import { given } from './given';

/** Reads a service; `undefined` when absent. */
export function readService(service: FieldReader): ServiceRef | undefined {
  if (!service.object()) return undefined;
  const port = service.at('port').integer();
  if (service.at('port').absent) service.at('port').problem('is missing; give a port from 1 to 65535');
  else if (port !== undefined && (port < 1 || port > 65_535)) service.at('port').problem(`is ${port}; give a port from 1 to 65535`);
  const namespace = service.at('namespace').text();
  return { name: service.at('name').requiredText(), port: port ?? 0, ...given('namespace', namespace === '' ? undefined : namespace) };
}

/** Longest time that an APIRule takes, in seconds. @see Kyma APIRule custom resource, `spec.timeout` */
const longestTimeout = 3900;

/** Reads a timeout in seconds; `undefined` when absent. */
export function readTimeout(timeout: FieldReader): number | undefined {
  const seconds = timeout.integer();
  if (seconds !== undefined && (seconds < 1 || seconds > longestTimeout)) timeout.problem(`is ${seconds}; give seconds from 1 to 3900`);
  return seconds;
}

/** Reads `corsPolicy`, whose `maxAge` is a duration in old objects and seconds in new ones; `undefined` when absent. */
export function readCors(cors: FieldReader): CorsPolicy | undefined {
  if (!cors.object()) return undefined;
  return {
    allowOrigins: cors.at('allowOrigins').list().flatMap(readOrigins),
    allowMethods: cors.at('allowMethods').texts(),
    allowHeaders: cors.at('allowHeaders').texts(),
    exposeHeaders: cors.at('exposeHeaders').texts(),
    ...given('allowCredentials', cors.at('allowCredentials').boolean()),
    ...given('maxAgeSeconds', readMaxAge(cors.at('maxAge'))),
  };
}

function readOrigins(entry: FieldReader): CorsPolicy['allowOrigins'] {
  // The controller takes any other key for a prefix.
  return Object.entries(entry.textMap()).map(([key, value]) => ({ match: key === 'exact' || key === 'regex' ? key : 'prefix', value }));
}

function readMaxAge(maxAge: FieldReader): number | undefined {
  if (maxAge.absent) return undefined;
  if (maxAge.isText) {
    const seconds = goDurationSeconds(maxAge.text() ?? '');
    if (seconds === undefined) maxAge.problem(`is ${JSON.stringify(maxAge.text())}; give a duration such as 10m`);
    return seconds;
  }
  return maxAge.integer();
}
