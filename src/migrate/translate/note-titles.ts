/** What each note is about, by id: title of its result, which says how it should be. */
export const noteTitles = {
  'migrate-allow-methods': 'The methods of allow count from now on',
  'migrate-anonymous': 'anonymous becomes noAuth',
  'migrate-closed': 'A rule that refused everything needs no rule',
  'migrate-cookies': 'Cookies that the gateway sets replace those of the client',
  'migrate-cors': 'Origins that browsers may call from are named',
  'migrate-ext-auth': 'Tokens that Istio cannot check are left to an authorizer',
  'migrate-gateway': 'The gateway is named as namespace/name',
  'migrate-handler': 'Every handler has a counterpart in APIRule v2',
  'migrate-host': 'The host is a lower-case name that nobody else has',
  'migrate-issuer': 'Each issuer has its keys',
  'migrate-issuer-replaced': 'Issuers are replaced as the issuer map says',
  'migrate-issuer-pairs': 'Keys sign for their own issuer only',
  'migrate-jwt-config': 'What a jwt handler was configured with has a counterpart',
  'migrate-method': 'Methods are those that APIRule v2 knows',
  'migrate-mutator': 'What the gateway sets on the way to the workload is known beforehand',
  'migrate-open': 'Rules that ask for nothing are meant to be open',
  'migrate-order': 'Rules stand in an order that the controller accepts',
  'migrate-owner': 'An APIRule is migrated where it comes from',
  'migrate-path': 'Each path has a counterpart in APIRule v2',
  'migrate-preflight': 'Preflights of browsers are answered',
  'migrate-refused': 'The migrated APIRule is one that the cluster accepts',
  'migrate-scopes': 'Scopes are compared as they were',
  'migrate-service': 'Each rule has a service',
  'migrate-strategies': 'Each rule has one access strategy',
  'migrate-token-checks': 'Tokens are checked as they were',
  'migrate-token-location': 'The token is read where it was',
} as const satisfies Readonly<Record<string, string>>;

/** Id of a note. */
export type NoteId = keyof typeof noteTitles;
