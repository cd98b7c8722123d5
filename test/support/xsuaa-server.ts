import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../../src/model/json';
import { createSigningKey, signToken } from '../../src/token/sign';
import { serve, type RunningServer } from './http-server';

/** What an XSUAA-shaped server says; `undefined` answers 404. */
export interface XsuaaAnswers {
  readonly discovery?: JsonObject;
  readonly claims?: JsonObject;
}

/**
 * Serves discovery document and token endpoint like an XSUAA instance.
 * @param answers changes what is said, given the base URL
 */
export async function serveXsuaa(answers: (url: string) => XsuaaAnswers = () => ({})): Promise<RunningServer> {
  const key = await createSigningKey();
  const server = await serve((request, response) => void answer(request, response));
  const say = (): Required<XsuaaAnswers> => {
    const issuer = `${server.url}/oauth/token`;
    return {
      discovery: { issuer, jwks_uri: `${server.url}/token_keys` },
      claims: { iss: issuer, aud: ['sb-geo!t1', 'uaa'] },
      ...answers(server.url),
    };
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { discovery, claims } = say();
    const isToken = request.method === 'POST' && request.url === '/oauth/token';
    const body = isToken ? { access_token: await signToken(key, { claims }), token_type: 'bearer' } : discovery;
    const isKnown = isToken || request.url === '/.well-known/openid-configuration';
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' }).end(isKnown ? JSON.stringify(body) : '{}');
  };
  return server;
}
