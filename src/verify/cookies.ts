import type { Answer } from '../http/sender';

/** The cookies that answers set, as a Cookie header says them; empty when there are none. @see RFC 6265 section 4.2 */
export function cookiesOf(answers: readonly Answer[]): string {
  const set = answers.flatMap((answer) => (answer.kind === 'answer' ? split(answer.headers['set-cookie'] ?? '') : []));
  const pairs = set.map((line) => (line.split(';', 1)[0] ?? '').trim()).filter((pair) => /^[^=]+=./.test(pair));
  return [...new Set(pairs)].join('; ');
}

/** Several Set-Cookie lines come joined with commas, and a date holds a comma of its own. */
function split(joined: string): string[] {
  return joined.split(/,(?=\s*[^;,\s=]+=)/);
}
