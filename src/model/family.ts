/**
 * What an attack plays with; the columns of a report of `verify`, in this order. The names are stable, the words are for people. `token`: it
 * is missing, empty or garbage. `header`: of the token. `transport`: where in the request the token stands.
 */
export const familyTitles = {
  token: 'No token',
  signature: 'Signature',
  header: 'Token header',
  claims: 'Claims',
  transport: 'Transport',
  method: 'Methods',
  path: 'Paths',
  routing: 'Routing',
  platform: 'Platform',
} as const;

export type Family = keyof typeof familyTitles;

export const families = Object.keys(familyTitles) as readonly Family[];
