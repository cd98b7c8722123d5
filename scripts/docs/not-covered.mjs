/** What a prober outside cannot send, or could not judge: what it is, why not, and what covers a part of it. */
export const notCovered = [
  {
    what: 'Other ports, node ports, addresses of pods, other ingress hosts, HTTP/3',
    why: 'They are not in the manifests, and nothing is scanned that the user did not name.',
    instead: '`other-entrance` tries the target without TLS and under other names for it, `other-host` the hosts of the same workload. Name a further address with `--target HOST=URL` in a run of its own.',
  },
  {
    what: 'What the gateway does while it cannot fetch keys',
    why: 'The key server belongs to the issuer; a prober does not stop it.',
    instead: '`foreign-key` sends tokens under an unknown kid, which make many verifiers fetch anew and show those that let pass what they cannot verify.',
  },
  {
    what: 'How often the gateway fetches keys for unknown kids',
    why: 'Only the key server sees it.',
    instead: '`failed-tokens` says whether failures are slowed down; look at the log of the key server meanwhile.',
  },
  {
    what: 'The public key as HMAC secret where none is published',
    why: 'To find a modulus from signatures takes hours with the usual exponent; where the key set cannot be fetched, the probes that need it are skipped.',
    instead: '`hmac-public-key` with every published key.',
  },
  {
    what: 'Tokens of a key that the issuer has withdrawn, without that key',
    why: 'Nobody else can sign them.',
    instead: '`unfit-key` tries it once `--signing-key` holds the withdrawn private key of a test issuer.',
  },
  {
    what: 'Verifiers that fetch keys from a URL in the token (`jku`, `x5u`, a `kid`) over https only',
    why: 'The canary answers over http: the target would have to trust a certificate of it, and one that it does not trust would make every target look sound.',
    instead:
      '`key-url`, `certificate-url` and `kid-url` find those that fetch over http, `embedded-jwk` and `embedded-x5c` those that take keys from the token itself. Whether yours reads `jku` or `x5u` at all is in its configuration.',
  },
  {
    what: 'The same token twice, and tokens that were revoked',
    why: 'Bearer tokens may be used as often as their holder likes, until they end; a revocation would end the good token of its owner.',
    instead: '`reused-token` sends a good token that ended while the run went on.',
  },
  {
    what: 'A client in the place of a user, or under the name of one',
    why: 'Which of them may call an API is not in an APIRule.',
    instead: 'Name the client with `--deny-credentials`: its valid token must then be refused.',
  },
  {
    what: 'Objects of other owners',
    why: 'Whose an object is, only the application knows.',
    instead: 'Name the other client with `--deny-credentials`, the object with a hint (`path`), and the route with `--only`.',
  },
  {
    what: 'Refresh tokens, client assertions and SAML assertions in the place of an access token',
    why: 'They are secrets of the token endpoint, and no secret goes to a target.',
    instead: '`token-type` sends tokens of a test issuer with the claims of other kinds, `id-token` the ID token that came with the good one.',
  },
  {
    what: 'Client secrets in the URL of the token endpoint',
    why: 'A secret that stands in a URL is in logs from then on.',
    instead: '`issuer-token-endpoint` asks so with made-up clients.',
  },
  {
    what: 'How long refusals take, and how their texts differ for a known and an unknown kid',
    why: 'Verifiers name their reasons, and key ids are public; times over a network differ more than the work behind them.',
    instead: '`absent-object` compares refusals for what exists and what does not, `costly-token` the time of tokens that ask for work.',
  },
  {
    what: 'Decompression of tokens beyond a few bytes, and floods of any kind',
    why: 'Nothing is sent to see whether a target breaks.',
  },
];
