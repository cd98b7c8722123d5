import type { Secret } from './secret';

/** By what right a client asks for a token. */
export type Grant = { /** @default - those the issuer gives by itself */ readonly scopes?: readonly string[] } & (
  | /** For itself. @see RFC 6749 section 4.4 */ { readonly kind: 'client_credentials' }
  | /** For a person of whom it holds a SAML assertion, XML or base64. @see RFC 7522 section 2.1 */ {
      readonly kind: 'saml2-bearer';
      readonly assertion: Secret;
    }
  | /** For a person who has just signed in. @see RFC 6749 section 4.1.3, RFC 7636 section 4.5 */ {
      readonly kind: 'authorization_code';
      readonly code: Secret;
      readonly redirectUri: string;
      readonly verifier: Secret;
    }
  | /** For a person who signed in before. @see RFC 6749 section 6 */ { readonly kind: 'refresh_token'; readonly token: Secret }
);

/** The members of the form that speak of the grant. */
export function grantForm(grant: Grant): Readonly<Record<string, string>> {
  const scope: Record<string, string> = grant.scopes && grant.scopes.length > 0 ? { scope: grant.scopes.join(' ') } : {};
  switch (grant.kind) {
    case 'client_credentials':
      return { grant_type: 'client_credentials', ...scope };
    case 'saml2-bearer':
      return { grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer', assertion: base64urlOf(grant.assertion.reveal()), ...scope };
    case 'authorization_code':
      return {
        grant_type: 'authorization_code',
        code: grant.code.reveal(),
        redirect_uri: grant.redirectUri,
        code_verifier: grant.verifier.reveal(),
      };
    case 'refresh_token':
      return { grant_type: 'refresh_token', refresh_token: grant.token.reveal(), ...scope };
  }
}

/** XML is encoded; what is base64 already, with line feeds or in its other alphabet, becomes base64url without padding. */
function base64urlOf(assertion: string): string {
  const text = assertion.trim();
  if (text.startsWith('<')) return Buffer.from(text).toString('base64url');
  return text.replace(/[\s=]/g, '').replaceAll('+', '-').replaceAll('/', '_');
}
