import type { IncomingHttpHeaders } from 'node:http';
import type { ClientPlan } from './client-plan';

/** A client with its secret. */
export interface Client {
  readonly plan: ClientPlan;
  readonly secret: string;
}

/** A refusal of the token endpoint. @see RFC 6749 section 5.2 */
export interface TokenRefusal {
  readonly status: 400 | 401;
  readonly error: 'invalid_client' | 'invalid_request' | 'invalid_scope' | 'unsupported_grant_type';
  readonly description: string;
}

/** Decides about one token request: who asks, and for which scopes. */
export function tokenRequest(
  clients: readonly Client[],
  headers: IncomingHttpHeaders,
  body: string,
): { readonly client: Client; readonly scopes: readonly string[] } | TokenRefusal {
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return refusal('invalid_request', 'Content-Type must be application/x-www-form-urlencoded');
  const form = new URLSearchParams(body);
  const repeated = [...new Set(form.keys())].find((name) => form.getAll(name).length > 1);
  if (repeated !== undefined) return refusal('invalid_request', 'A parameter is given twice');
  const claimed = basicAuthentication(headers) ?? [{ id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' }];
  const client = clients.find(({ plan, secret }) => claimed.some((one) => one.id === plan.clientId && one.secret === secret));
  if (!client) return { status: 401, error: 'invalid_client', description: 'Bad credentials' };
  const grant = form.get('grant_type');
  if (grant === null || grant === '') return refusal('invalid_request', 'Missing grant type');
  if (grant !== 'client_credentials') return refusal('unsupported_grant_type', 'Unsupported grant type');
  const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.some((scope) => !client.plan.scopes.includes(scope)))
    return refusal('invalid_scope', 'A scope is not allowed for this client');
  return { client, scopes: scopes.length > 0 ? scopes : client.plan.scopes };
}

function refusal(error: TokenRefusal['error'], description: string): TokenRefusal {
  return { status: 400, error, description };
}

interface Claimed {
  readonly id: string;
  readonly secret: string;
}

/** Name and secret as sent, and decoded: some clients encode them first, as RFC 6749 section 2.3.1 asks, and some do not. */
function basicAuthentication({ authorization }: IncomingHttpHeaders): readonly Claimed[] | undefined {
  if (authorization?.slice(0, 6).toLowerCase() !== 'basic ') return undefined;
  const text = Buffer.from(authorization.slice(6), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return [];
  const plain = { id: text.slice(0, colon), secret: text.slice(colon + 1) };
  const decoded = new URLSearchParams(`id=${plain.id}&secret=${plain.secret}`);
  return [plain, { id: decoded.get('id') ?? '', secret: decoded.get('secret') ?? '' }];
}
