import type { JsonObject } from '../../../model/json';
import { extAuthNote, unnamedExtAuth } from '../ext-auth';
import type { AccessHandler, TranslatedAccess } from './handler';

function leftToAuthorizer(what: string, todo: string, config: JsonObject): TranslatedAccess {
  const keys = Object.keys(config);
  const carried = keys.length > 0 ? ` Carry over what was configured: ${keys.sort().join(', ')}.` : '';
  return { access: unnamedExtAuth, notes: [extAuthNote(what, `${todo}${carried}`)] };
}

/** Opaque tokens, which only their issuer can judge. */
export const oauth2Introspection: AccessHandler = {
  name: 'oauth2_introspection',
  servedBy: 'oathkeeper',
  translate: (config) =>
    leftToAuthorizer(
      'the handler oauth2_introspection asked the issuer about every token; Istio does not',
      'Run an authorizer that introspects tokens, or, where clients can get JWTs from the issuer, write a jwt rule instead.',
      config,
    ),
};

/** Client id and secret in place of a token. */
export const oauth2ClientCredentials: AccessHandler = {
  name: 'oauth2_client_credentials',
  servedBy: 'oathkeeper',
  translate: (config) =>
    leftToAuthorizer(
      'the handler oauth2_client_credentials took client id and secret from the call and fetched a token with them; Istio does not',
      'Let clients fetch their token themselves and write a jwt rule instead, or run an authorizer that takes their id and secret.',
      config,
    ),
};

/** A cookie that a session service knows. */
export const cookieSession: AccessHandler = {
  name: 'cookie_session',
  servedBy: 'oathkeeper',
  translate: (config) =>
    leftToAuthorizer(
      'the handler cookie_session asked a session service about the cookies of the call; Istio does not',
      'Run an authorizer that knows the sessions.',
      config,
    ),
};
