/** A credential that its form gives away. */
export interface SecretForm {
  /** With article, for messages. */
  readonly what: string;
  /** Finds candidates; every quantifier is bounded, so that hostile text costs linear time. */
  readonly pattern: RegExp;
  /** Tells a credential from a harmless text of the same look. @default - every match is one */
  readonly isReal?: (match: RegExpExecArray) => boolean;
}

/** Forms that nothing but a credential has. Nothing is guessed from randomness: a false alarm would teach people to look away. */
export const secretForms: readonly SecretForm[] = [
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g },
  { what: 'a token (JWT)', pattern: /\beyJ[\w-]{8,4096}\.eyJ[\w-]{8,8192}\.[\w-]{8,}/g },
  { what: 'a GitHub token', pattern: /\b(?:gh[oprsu]_[A-Za-z0-9]{30,255}|github_pat_\w{30,255})/g },
  { what: 'a GitLab token', pattern: /\bglpat-[\w-]{20,}/g },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { what: 'a Google API key', pattern: /\bAIza[\w-]{35}(?![\w-])/g },
  { what: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{16,}/g },
  { what: 'a URL with a password', pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^/\s:@"'`<>{}]{0,256}:[^/\s@"'`<>{}]{1,256}@[\w[]/gi },
  {
    what: 'an Authorization value',
    pattern: /(?:^|["'`])\s{0,8}(bearer|basic) {1,8}([\w+/=.~-]{8,8192})\s{0,8}(?:$|["'`])/gi,
    isReal: ([, scheme = '', value = '']) => (scheme.toLowerCase() === 'basic' ? isNameAndPassword(value) : /[0-9]/.test(value)),
  },
];

function isNameAndPassword(base64: string): boolean {
  return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(base64, 'base64').toString('latin1'));
}
