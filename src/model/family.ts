/** What an attack plays with; the columns of a report of `verify`, in this order. The names are stable, the words are for people. */
export const familyTitles = {
  token: 'No token, or none that is one',
  signature: 'Signature and algorithm',
  header: 'Header of the token',
  claims: 'Claims',
  transport: 'Where the token travels',
  method: 'Methods',
  path: 'Paths',
  routing: 'Routing and trusted headers',
  platform: 'Platform',
} as const;

export type Family = keyof typeof familyTitles;

export const families = Object.keys(familyTitles) as readonly Family[];
