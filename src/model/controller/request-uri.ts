const schemeStart = /^[A-Za-z][A-Za-z0-9+\-.]*:/;
/** What stands unescaped in a host for Go, beside every character beyond ASCII. */
const hostCharacter = /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%\u0080-\uffff]/;
const userinfo = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;
const port = /^(?::\d*)?$/;

/**
 * Why Go refuses a text as the address in a request line, in the words of Go; `undefined` when it takes it. Kyma's controller asks this of
 * issuers and key addresses: it wants neither a scheme nor a host.
 *
 * @see https://pkg.go.dev/net/url#ParseRequestURI
 */
export function requestUriError(text: string): string | undefined {
  if (text === '') return 'value is empty';
  const problem = problemOf(text);
  return problem === undefined ? undefined : `parse ${JSON.stringify(text)}: ${problem}`;
}

function problemOf(text: string): string | undefined {
  if (/[\u0000-\u001f\u007f]/.test(text)) return 'net/url: invalid control character in URL';
  if (text === '*') return undefined;
  if (text.startsWith(':')) return 'missing protocol scheme';
  const scheme = schemeStart.exec(text)?.[0] ?? '';
  const [rest = ''] = text.slice(scheme.length).split('?', 1);
  if (!rest.startsWith('/')) return scheme === '' ? 'invalid URI for request' : undefined;
  if (scheme === '' || !rest.startsWith('//')) return escapeProblem(rest);
  const slash = rest.indexOf('/', 2);
  const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
  return authorityProblem(authority) ?? escapeProblem(slash < 0 ? '' : rest.slice(slash));
}

function authorityProblem(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const problem = hostProblem(authority.slice(at + 1));
  if (problem !== undefined || at < 0) return problem;
  const user = authority.slice(0, at);
  return userinfo.test(user) ? escapeProblem(user) : 'net/url: invalid userinfo';
}

function hostProblem(host: string): string | undefined {
  const bracket = host.lastIndexOf(']');
  if (host.startsWith('[') && bracket < 0) return "missing ']' in host";
  const colon = host.startsWith('[') ? bracket + 1 : host.lastIndexOf(':');
  const after = colon < 0 ? '' : host.slice(colon);
  if (!port.test(after)) return `invalid port ${JSON.stringify(after)} after host`;
  return escapeProblem(host, true);
}

/** The first escape or character that Go refuses. In a host only characters beyond ASCII, and the percent sign itself, may be escaped. */
function escapeProblem(text: string, inHost = false): string | undefined {
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '%') {
      const escape = text.slice(at, at + 3);
      const valid = /^%[0-9A-Fa-f]{2}$/.test(escape) && (!inHost || /^%(?:[89A-Fa-f]|25)/.test(escape));
      if (!valid) return `invalid URL escape ${JSON.stringify(escape)}`;
    } else if (inHost && !hostCharacter.test(character)) return `invalid character ${JSON.stringify(character)} in host name`;
  }
  return undefined;
}
