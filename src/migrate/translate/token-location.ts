import type { FieldReader } from '../../model/field-reader';
import type { JsonObject } from '../../model/json';
import { extAuthNote } from './ext-auth';
import { manual, note, type RuleNote } from './rule-notes';

/** Where the token stands from now on. */
export interface TokenLocation {
  /** Members of each authentication; empty for the usual places. */
  readonly members: JsonObject;
  /** True when Istio cannot read the token there. */
  readonly byAuthorizer: boolean;
  readonly notes: readonly RuleNote[];
}

const usual: RuleNote = note(
  'migrate-token-location',
  'changed',
  'the token stands behind Bearer in the header Authorization: a lower-case bearer passed before and does not now, and a token in the query parameter access_token is read from now on',
);

/**
 * Translates `token_from`. Oathkeeper took the whole value of a header other than Authorization for the token, which is what an entry of
 * `fromHeaders` without prefix does.
 * @see Ory Oathkeeper documentation, authenticator `jwt`, `token_from`
 */
export function translateTokenFrom(tokenFrom: FieldReader): TokenLocation {
  const keys = Object.keys(tokenFrom.object() ?? {});
  const [header, parameter, cookie] = [tokenFrom.at('header'), tokenFrom.at('query_parameter'), tokenFrom.at('cookie')].map((at) =>
    at.text(),
  );
  const unknown = keys.filter((key) => !['header', 'query_parameter', 'cookie'].includes(key));
  if (unknown.length > 0 || keys.length > 1) return { members: {}, byAuthorizer: false, notes: [unclear(keys)] };
  if (cookie !== undefined) return { members: {}, byAuthorizer: true, notes: [cookieNote(cookie)] };
  if (parameter !== undefined) return { members: { fromParams: [parameter] }, byAuthorizer: false, notes: [parameterNote(parameter)] };
  if (header === undefined || header === 'Authorization') return { members: {}, byAuthorizer: false, notes: [usual] };
  return { members: { fromHeaders: [{ name: header }] }, byAuthorizer: false, notes: [] };
}

function unclear(keys: readonly string[]): RuleNote {
  const message = `token_from has ${[...keys].sort().join(', ')}, but a token stands in one place: header, query_parameter or cookie`;
  return manual('migrate-token-location', message, 'Keep the one that clients use.');
}

function cookieNote(cookie: string): RuleNote {
  const what = `the token stood in the cookie ${JSON.stringify(cookie)}, where APIRule v2 cannot read it`;
  const todo = 'Let clients send the token in a header and write a jwt rule instead, or run an authorizer that reads the cookie.';
  return extAuthNote(what, todo, 'migrate-token-location');
}

function parameterNote(parameter: string): RuleNote {
  const message = `the token stands in the query parameter ${JSON.stringify(parameter)}; in the body of a form, where Oathkeeper read it, too, it no longer counts`;
  return note('migrate-token-location', 'stricter', message);
}
