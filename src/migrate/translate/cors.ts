import type { CorsPolicy } from '../../model/api-rule';
import type { JsonObject } from '../../model/json';
import { fullMatch } from '../../model/linear-regex';
import { note, quoted, type RuleNote } from './rule-notes';

/** What the old controller put in place of a missing `corsPolicy`. @see Kyma documentation, changes introduced in APIRule v2 */
const defaultPolicy: CorsPolicy = {
  allowOrigins: [{ match: 'regex', value: '.*' }],
  allowMethods: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'],
  allowHeaders: ['Authorization', 'Content-Type', '*'],
  exposeHeaders: [],
};

/** The CORS policy written out, as APIRule v2 has no default. */
export function translateCors(cors: CorsPolicy | undefined): { readonly corsPolicy: JsonObject; readonly notes: readonly RuleNote[] } {
  const policy = cors ?? defaultPolicy;
  const maxAge = policy.maxAgeSeconds === undefined ? 0 : Math.floor(policy.maxAgeSeconds);
  return {
    corsPolicy: {
      allowOrigins: policy.allowOrigins.map(({ match, value }) => ({ [match]: value })),
      ...given('allowMethods', policy.allowMethods),
      ...given('allowHeaders', policy.allowHeaders),
      ...given('exposeHeaders', policy.exposeHeaders),
      ...(policy.allowCredentials !== undefined && { allowCredentials: policy.allowCredentials }),
      ...(maxAge >= 1 && { maxAge }),
    },
    notes: [...originNotes(cors, policy), ...maxAgeNotes(policy, maxAge)],
  };
}

function given(key: string, values: readonly string[]): JsonObject {
  return values.length > 0 ? { [key]: [...values] } : {};
}

/** An origin that no site has. */
const anyOrigin = 'https://a.example';

function originNotes(cors: CorsPolicy | undefined, { allowOrigins }: CorsPolicy): RuleNote[] {
  const fix = 'Name the origins that browsers may call from, or take corsPolicy out if none does.';
  if (!cors) {
    const message =
      'without a CORS policy the old controller let pages of every origin call; APIRule v2 lets none, so the old default is written out';
    return [note('migrate-cors', 'open', message, fix)];
  }
  const any = allowOrigins.filter(({ match, value }) => isAny(match, value)).map(({ value }) => value);
  return any.length === 0
    ? []
    : [note('migrate-cors', 'open', `the CORS policy lets pages of every origin call (${quoted(any)}), and still does`, fix)];
}

function isAny(match: CorsPolicy['allowOrigins'][number]['match'], value: string): boolean {
  if (match === 'regex') return fullMatch(value)?.(anyOrigin) === true;
  return value === '*' || (match === 'prefix' && anyOrigin.startsWith(value));
}

function maxAgeNotes({ maxAgeSeconds }: CorsPolicy, maxAge: number): RuleNote[] {
  if (maxAgeSeconds === undefined || (maxAge >= 1 && maxAgeSeconds === maxAge)) return [];
  const now = maxAge >= 1 ? `it is ${maxAge} seconds now` : 'it is left out';
  return [
    note(
      'migrate-cors',
      'changed',
      `maxAge of the CORS policy was ${maxAgeSeconds} seconds, and APIRule v2 takes whole ones from 1 on: ${now}`,
    ),
  ];
}
