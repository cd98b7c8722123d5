import { FieldReader, type FieldProblem } from '../../../model/field-reader';
import { formatJsonPath, type JsonObject } from '../../../model/json';
import { pairIssuers } from '../../issuers/pair-issuers';
import { pairingNotes } from '../pairing-notes';
import { isInTheWay, manual, note, type RuleNote } from '../rule-notes';
import { scopeNotes, wildcardNotes } from '../scopes';
import type { TranslateSettings } from '../settings';
import { translateTokenFrom } from '../token-location';
import { unnamedExtAuth } from '../ext-auth';
import type { TranslatedAccess } from './handler';

/** What Oathkeeper and the old controller took as the configuration of `jwt`. */
export const oryMembers: ReadonlySet<string> = new Set([
  'jwks_urls',
  'trusted_issuers',
  'required_scope',
  'target_audience',
  'token_from',
  'scope_strategy',
  'allowed_algorithms',
  'jwks_max_wait',
  'jwks_ttl',
]);

interface OryJwt {
  readonly issuers: readonly string[];
  readonly jwksUrls: readonly string[];
  readonly scopes: readonly string[];
  readonly audiences: readonly string[];
  readonly scopeStrategy?: string;
  readonly algorithms: readonly string[];
}

const tokenChecks: RuleNote = note(
  'migrate-token-checks',
  'stricter',
  'a token without a subject (claim sub) passed before and does not now; a call without a token is answered with 403 instead of 401',
);

/** Translates what Oathkeeper checked into what Istio checks. */
export function translateOryJwt(config: JsonObject, settings: TranslateSettings): TranslatedAccess {
  const problems: FieldProblem[] = [];
  const reader = new FieldReader(config, ['config'], problems);
  const jwt = readOryJwt(reader);
  const location = translateTokenFrom(reader.at('token_from'));
  if (problems.length > 0) return { notes: problems.map(formNote) };
  const pairing = pairIssuers(jwt, settings.issuers);
  const notes = [
    ...pairingNotes(jwt, pairing),
    ...scopeNotes(jwt),
    ...wildcardNotes([...jwt.scopes, ...jwt.audiences]),
    ...algorithmNotes(jwt),
    ...location.notes,
    tokenChecks,
  ];
  if (location.byAuthorizer) return { access: unnamedExtAuth, notes: location.notes };
  if (notes.some(isInTheWay)) return { notes };
  const authentications = pairing.pairs.map((pair) => ({ ...pair, ...location.members }));
  return { access: { jwt: { authentications, ...authorizationsOf(jwt) } }, notes };
}

function readOryJwt(config: FieldReader): OryJwt {
  const scopeStrategy = config.at('scope_strategy').text();
  return {
    issuers: config.at('trusted_issuers').texts(),
    jwksUrls: config.at('jwks_urls').texts(),
    scopes: [...new Set(config.at('required_scope').texts())],
    audiences: [...new Set(config.at('target_audience').texts())],
    algorithms: config.at('allowed_algorithms').texts(),
    ...(scopeStrategy !== undefined && { scopeStrategy }),
  };
}

function authorizationsOf({ scopes, audiences }: OryJwt): JsonObject {
  if (scopes.length + audiences.length === 0) return {};
  const authorization: JsonObject = {
    ...(scopes.length > 0 && { requiredScopes: [...scopes] }),
    ...(audiences.length > 0 && { audiences: [...audiences] }),
  };
  return { authorizations: [authorization] };
}

function algorithmNotes({ algorithms }: OryJwt): RuleNote[] {
  if (algorithms.length === 0) return [];
  const message = `the handler jwt took signatures of ${algorithms.join(', ')} only; Istio takes those that the keys at jwksUri are made for`;
  return [note('migrate-jwt-config', 'changed', message)];
}

function formNote({ path, message }: FieldProblem): RuleNote {
  return manual('migrate-jwt-config', `${formatJsonPath(path)} of the handler jwt ${message}`, 'Correct it, and migrate again.');
}
