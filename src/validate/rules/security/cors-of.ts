import type { Severity } from '../../../model/check-result';
import { isJsonObject, type JsonObject, type JsonPath } from '../../../model/json';
import { objectsAt, textOf } from '../../../model/json-fields';
import type { Manifest } from '../../../model/manifest';
import { servedSpec } from './token-rules-of';

/** One allowed origin with its place; keys that are not known count as prefix, as the controller has it. */
export interface AllowedOrigin {
  readonly key: string;
  readonly match: 'exact' | 'prefix' | 'regex';
  readonly value: string;
  readonly path: JsonPath;
}

/** What browsers are told about one APIRule. */
export interface CorsOf {
  readonly cors: JsonObject;
  readonly origins: readonly AllowedOrigin[];
  readonly credentials: boolean;
  /** How bad an origin too many is: with credentials a page acts as its visitor; where all is public it learns nothing new. */
  readonly severity: Severity;
}

/** Place of the policy. */
export const corsPath: JsonPath = ['spec', 'corsPolicy'];

/** The CORS policy of an APIRule; `undefined` when it has none. */
export function corsOf(manifest: Manifest): CorsOf | undefined {
  const spec = servedSpec(manifest);
  const cors = spec['corsPolicy'];
  if (!isJsonObject(cors)) return undefined;
  const credentials = cors['allowCredentials'] === true;
  const isPublic = objectsAt(spec, 'rules').every(([rule]) => rule['noAuth'] === true);
  return { cors, origins: originsOf(cors), credentials, severity: credentials ? 'high' : isPublic ? 'low' : 'medium' };
}

function originsOf(cors: JsonObject): AllowedOrigin[] {
  return objectsAt(cors, 'allowOrigins').flatMap(([entry, index]) =>
    Object.entries(entry).map(([key, value]) => ({
      key,
      match: key === 'exact' || key === 'regex' ? key : 'prefix',
      value: textOf(value),
      path: [...corsPath, 'allowOrigins', index, key],
    })),
  );
}
