const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;

/**
 * Matches an issuer: exact, `https://*.example.com/…` for one DNS label in place of the star, or `/*` at the end for everything below a path.
 * A star never stands for a part of a name, so a pattern cannot be met by a look-alike host.
 */
export function matchesIssuer(pattern: string, issuer: string): boolean {
  // Such a path leads elsewhere than it begins; it may be allowed by its full text only.
  if (pattern !== issuer && /(?:^|\/)\.{1,2}(?:\/|$)|[?#\\%]/.test(issuer)) return false;
  const below = pattern.endsWith('/*');
  const [before = '', after] = (below ? pattern.slice(0, -1) : pattern).split('//*.');
  if (after === undefined) return below ? issuer.startsWith(before) && issuer.length > before.length : issuer === pattern;
  const start = `${before}//`;
  if (!issuer.startsWith(start)) return false;
  const dot = issuer.indexOf('.', start.length);
  const rest = issuer.slice(dot + 1);
  if (dot < 0 || !label.test(issuer.slice(start.length, dot))) return false;
  return below ? rest.startsWith(after) && rest.length > after.length : rest === after;
}

/** Says what is wrong with a pattern of issuers. */
export function issuerPatternProblem(pattern: string): string | undefined {
  if (!pattern.includes('://')) return 'is no URL; give one such as https://id.example.com/realms/main, or with /* at the end';
  const [, hostAndPath = ''] = pattern.split('://');
  const slash = hostAndPath.indexOf('/');
  const host = slash < 0 ? hostAndPath : hostAndPath.slice(0, slash);
  const path = slash < 0 ? '' : hostAndPath.slice(slash);
  const stars = (host.startsWith('*.') ? host.slice(2) : host) + (path.endsWith('/*') ? path.slice(0, -1) : path);
  if (stars.includes('*'))
    return 'has a star where it could stand for a part of a name; give *. as the first label of the host, or /* at the end';
  return host.startsWith('*.') && host.split('.').length < 3 ? 'stands for every host of a top-level domain; name a domain' : undefined;
}

/** Matches a host, full or of one label: exact, `*.example.com` for every host below, `*` for every host. Letter case does not count. */
export function matchesHost(pattern: string, host: string): boolean {
  const [wanted, given] = [pattern.toLowerCase(), host.toLowerCase()];
  if (wanted === '*') return true;
  return wanted.startsWith('*.') ? given.endsWith(wanted.slice(1)) : given === wanted;
}

/** Says what is wrong with a pattern of hosts. */
export function hostPatternProblem(pattern: string): string | undefined {
  const name = pattern === '*' ? 'x' : pattern.startsWith('*.') ? pattern.slice(2) : pattern;
  return name.split('.').every((part) => label.test(part))
    ? undefined
    : 'is no host; give orders.example.com, *.example.com, or * for every host';
}

/** Matches the path of a rule: exact as it is written, or everything below `/public/*`. */
export function coversPath(pattern: string, path: string): boolean {
  return pattern.endsWith('/*') && pattern !== '/*' ? path.startsWith(pattern.slice(0, -1)) : pattern === '/*' || pattern === path;
}
