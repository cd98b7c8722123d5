import addFormats from 'ajv-formats';
import type { Ajv } from 'ajv';
import { goDurationSeconds } from '../../model/go-duration';

const lowestInt32 = -(2 ** 31);
const highestInt32 = 2 ** 31 - 1;
/** JSON numbers near the limit of int64 are rounded when they are read, so the limit itself counts as inside. */
const int64Limit = 2 ** 63;

/** True for a duration as the API server and controllers read it: Go's form, a sign allowed. @see https://pkg.go.dev/time#ParseDuration */
export function isDuration(text: string): boolean {
  const unsigned = text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text;
  return unsigned === '0' || goDurationSeconds(unsigned) !== undefined;
}

/** True for what Go's `url.ParseRequestURI` takes, which the format `uri` is judged by: a path, or a scheme before anything. */
function isRequestUri(text: string): boolean {
  return /^(?:\/|\*$|[A-Za-z][A-Za-z0-9+.-]*:)/.test(text) && !/[\s\p{Cc}]/u.test(text);
}

/** Teaches ajv the formats that the API server judges; others are names without effect there, too. */
export function addKubernetesFormats(ajv: Ajv): void {
  addFormats(ajv, { mode: 'fast', formats: ['date', 'date-time', 'ipv4', 'ipv6', 'uuid', 'byte'] });
  ajv.addFormat('int32', { type: 'number', validate: (value) => value >= lowestInt32 && value <= highestInt32 });
  ajv.addFormat('int64', { type: 'number', validate: (value) => value >= -int64Limit && value <= int64Limit });
  ajv.addFormat('duration', { type: 'string', validate: isDuration });
  ajv.addFormat('uri', { type: 'string', validate: isRequestUri });
}
