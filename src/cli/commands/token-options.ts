import type { CommandSpec } from '../command';

/** Everything `token` can be told. */
export const tokenOptions: CommandSpec['options'] = [
  {
    flags: '--credentials <[ISSUER=]PATH>',
    help: 'Service key (secret, x509 or private key), Secret manifest, binding folder or - for standard input. Default: SERVICE_BINDING_ROOT, VCAP_SERVICES, KYMA_GUARD_*.',
    repeatable: true,
  },
  { flags: '--local', help: 'A token of an issuer that kyma-guard local runs in this folder.' },
  { flags: '--browser', help: 'Sign in as a person: authorization code with PKCE; comes back to this machine.' },
  { flags: '--redirect <URL>', help: 'Where the browser comes back to. Default: http://127.0.0.1:0/callback, 0 for any free port.' },
  { flags: '--timeout <S>', help: 'Seconds until a sign-in is given up. Default: 120.' },
  { flags: '--saml-assertion <FILE>', help: 'Token of the person in this SAML assertion, XML or base64; - for standard input.' },
  { flags: '--token-file <FILE>', help: 'A token that is there already; - for standard input. For --decode.' },
  { flags: '--signing-key <FILE>', help: 'Sign the token with this private key (PEM, JWK or JWKS) of an issuer of your own.' },
  { flags: '--iss <ISSUER>', help: 'iss of the token that --signing-key signs.' },
  { flags: '--sub <SUBJECT>', help: 'sub of that token. Default: kyma-guard.' },
  { flags: '--aud <AUDIENCE>', help: 'aud of that token.', repeatable: true },
  { flags: '--ttl <DURATION>', help: 'How long that token lasts, such as 90s or 1h. Default: 10m.' },
  { flags: '--jwks', help: 'Print the public key set of --signing-key, for the jwksUri of the rules, instead of a token.' },
  { flags: '--scope <SCOPE>', help: 'Scope to ask for, or to put into the token that --signing-key signs.', repeatable: true },
  { flags: '--issuer <ISSUER=URL>', help: 'Where the issuer is really reachable; the secret goes there.', repeatable: true },
  { flags: '--to <FILE>', help: 'Write the token to this file (mode 0600) instead of printing it. Needed when CI is set.' },
  { flags: '--decode', help: 'Show header and claims instead of the token; with - as argument those of a token on standard input.' },
  { flags: '--ca <FILE>', help: 'Certificate authorities to trust, PEM. Default: those of Node.js.' },
];

export const tokenExamples: CommandSpec['examples'] = [
  ['kyma-guard token --credentials key.json', 'the token of the client in this service key'],
  ['kyma-guard token --local', 'a token that the rules of a running kyma-guard local accept'],
  ['kyma-guard token --credentials key.json --browser', 'your own token, after signing in'],
  ['kyma-guard token --signing-key key.pem --iss https://issuer.example.com --aud orders --scope orders.read', 'a token you sign yourself'],
  ['kyma-guard token --signing-key key.pem --jwks > jwks.json', 'the key set that such an issuer publishes'],
  ['kyma-guard token geo.authentication.eu10.hana.ondemand.com --decode', 'what the token of an issuer says'],
  ['kyma-guard token xsuaa --credentials xsuaa=key.json --to token.txt', 'into a file, in CI too'],
  ['pbpaste | kyma-guard token - --decode', 'what a token says that somebody gave you'],
];
