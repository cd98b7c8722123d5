import type { AccessStrategy, Authorization, JwtConfig } from '../../model/api-rule';
import type { JsonObject, JsonValue } from '../../model/json';
import { listAt, textOf } from '../../model/json-fields';
import type { OldHandler } from '../old-api-rule';

/** What a new rule asks of callers, in one line. */
export function accessWords(access: AccessStrategy): string {
  switch (access.kind) {
    case 'noAuth':
      return 'noAuth';
    case 'jwt':
      return `jwt of ${jwtWords(access.jwt)}`;
    case 'extAuth':
      return `extAuth by ${access.authorizers.join(', ')}${access.restrictions ? `, and jwt of ${jwtWords(access.restrictions)}` : ''}`;
  }
}

function jwtWords({ authentications, authorizations }: JwtConfig): string {
  const asked = authorizations.map(authorizationWords).filter((words) => words !== '');
  return [authentications.map(({ issuer }) => issuer).join(' or '), ...(asked.length > 0 ? [asked.join(' or ')] : [])].join(', ');
}

function authorizationWords({ requiredScopes, audiences }: Authorization): string {
  return [...named('scopes', requiredScopes), ...named('audiences', audiences)].join(' and ');
}

/** What an old handler asked of callers, in one line. */
export function handlerWords({ handler, config }: OldHandler): string {
  const issuers = [...texts(config, 'trusted_issuers'), ...objects(config, 'authentications').map((entry) => textOf(entry['issuer']))];
  const keys = texts(config, 'jwks_urls');
  const parts = [
    ...named('issuers', issuers),
    ...named('keys', keys),
    ...named('scopes', texts(config, 'required_scope')),
    ...named('audiences', texts(config, 'target_audience')),
  ];
  return parts.length > 0 ? `${handler} (${parts.join('; ')})` : handler;
}

function named(name: string, values: readonly string[]): string[] {
  return values.length > 0 ? [`${name} ${values.join(', ')}`] : [];
}

function texts(config: JsonObject, key: string): string[] {
  return listAt(config, key).map((value) => textOf(value));
}

function objects(config: JsonObject, key: string): JsonObject[] {
  return listAt(config, key).filter(
    (value): value is JsonValue & JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value),
  );
}
