import { X509Certificate } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import { createSigningKey, privateJwk } from '../../src/token/sign';
import { serve, type RunningServer } from './http-server';

/** What its access tokens are for. */
export const audience = 'https://api.example';

interface Context {
  readonly req: { readonly socket: unknown };
}

/** The certificate that the client showed, in the form that the provider asks for. */
function certificateOf({ req }: Context): X509Certificate | undefined {
  const { raw } = req.socket instanceof TLSSocket ? (req.socket.getPeerCertificate() as { raw?: Buffer }) : {};
  return raw && new X509Certificate(raw);
}

const mTLS = {
  ...{ enabled: true, selfSignedTlsClientAuth: true, tlsClientAuth: true, getCertificate: certificateOf },
  certificateAuthorized: ({ req }: Context) => req.socket instanceof TLSSocket && req.socket.authorized,
  certificateSubjectMatches: (ctx: Context, property: string, expected: string) =>
    property === 'tls_client_auth_subject_dn' && certificateOf(ctx)?.subject === expected,
};

/** An OpenID provider that we did not write, with clients; over TLS, where it asks for a certificate, when it is given one. */
export async function startProvider(
  clients: readonly object[],
  tls?: { readonly cert: string; readonly key: string; readonly ca: string },
): Promise<RunningServer> {
  const { default: Provider } = await import('oidc-provider');
  // It takes only objects of its own realm for such, and under jest the native copy comes from another.
  globalThis.structuredClone = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
  const handler: { current?: RequestListener } = {};
  const listener: RequestListener = (request, response) => handler.current?.(request, response);
  const plain = await serve(
    () => undefined,
    tls ? createHttpsServer({ ...tls, requestCert: true, rejectUnauthorized: false }, listener) : createServer(listener),
  );
  const url = tls ? plain.url.replace('http:', 'https:') : plain.url;
  const resourceIndicators = {
    ...{ enabled: true, defaultResource: () => audience, useGrantedResource: () => true },
    getResourceServerInfo: () => ({ scope: 'read', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
  };
  const clientAuthMethods = ['client_secret_post', 'private_key_jwt', 'tls_client_auth', 'self_signed_tls_client_auth', 'none'];
  const keys = [await privateJwk(await createSigningKey({ kid: 'op-1' }))];
  const features = { clientCredentials: { enabled: true }, resourceIndicators, mTLS, devInteractions: { enabled: true } };
  const settings = { clients, features, jwks: { keys }, clientAuthMethods, ttl: { ClientCredentials: 600, AccessToken: 600 } };
  handler.current = new Provider(url, settings).callback();
  return { ...plain, url };
}

/** Signs a person in at its pages, as a browser does; the last page is the one of this machine. @returns its text */
export async function signInAt(page: string): Promise<string> {
  const cookies = new Map<string, string>();
  let [url, form]: [string, URLSearchParams | undefined] = [page, undefined];
  for (let step = 0; step < 12; step += 1) {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie }, ...(form && { method: 'POST', body: form }) });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const [location, text] = [answer.headers.get('location'), await answer.text()];
    form = undefined;
    if (location !== null) url = new URL(location, url).href;
    else {
      const action = /<form[^>]*action="([^"]+)"/.exec(text)?.[1];
      if (action === undefined) return text;
      url = new URL(action, url).href;
      const prompt = /name="prompt" value="(\w+)"/.exec(text)?.[1] ?? '';
      form = new URLSearchParams({ prompt, login: 'ada', password: 'any' });
    }
  }
  throw new Error('the provider never sent the browser back');
}
