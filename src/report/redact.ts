import { garbageTexts } from '../model/garbage-text';

const jwt = /\bey[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*){1,3}/g;
const authorization = /\b((?:bearer|basic)\s+)([A-Za-z0-9+/=._~-]{8,})/gi;
// As in a form, a query or the environment; as a member of JSON, escaped or not; as a line of YAML.
const assigned = /((?:client_?secret|password|access_token|refresh_token|id_token|assertion|private_?key)=)([^\s"'&,;}<\\]+)/gi;
const member = /((?:client_?secret|password|access_token|refresh_token|id_token|assertion|private_?key)\\*["']\s*:\s*\\*["'])([^"'\\]+)/gi;
const line = /^(\s*(?:[\w.-]*)(?:client_?secret|password|access_token|refresh_token|id_token|assertion|private_?key):\s+)(\S{6,})$/gim;
// Name and password before the host of an address, and what a query calls a token or a key.
const userInfo = /(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#@"'`<>|]{1,1024}@(?=[\w[])/gi;
const queried = /([?&](?:token|api_?key|secret|sig|signature)=)([^\s"'&,;}<\\]+)/gi;
const pem = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const privateJwkMember = /(\\*"(?:d|p|q|dp|dq|qi|k)\\*"\s*:\s*\\*")([A-Za-z0-9_-]+)/g;

/** What stands in the place of a token without being one. */
const harmless: ReadonlySet<string> = new Set(['$TOKEN', ...garbageTexts]);

/** Shorter values would take ordinary words out of a report. */
const minLearntLength = 6;

/** Takes secrets out of text on its way to an output: known ones in the usual encodings, and whatever looks like a credential. */
export interface Redactor {
  /** Remembers a secret, so that it never appears in an output, as it is, base64, base64url or URL-encoded. */
  readonly learn: (secret: string) => void;
  /** The text without secrets. */
  readonly clean: (text: string) => string;
  /**
   * The value with every text in it cleaned, names of members included. Done before rendering: what is taken out of one text never
   * reaches over into the next, nor into the syntax of a format.
   */
  readonly cleanAll: <T>(value: T) => T;
}

/** The one function through which all output goes. */
export function createRedactor(): Redactor {
  const known = new Set<string>();
  let ordered: string[] = [];
  const without = (rest: string, secret: string): string => (rest.includes(secret) ? rest.split(secret).join('[redacted]') : rest);
  const clean = (text: string): string => patterns(ordered.reduce(without, text));
  return {
    learn(secret) {
      if (secret.length < minLearntLength || known.has(secret)) return;
      for (const form of encodings(secret)) known.add(form);
      ordered = [...known].sort((a, b) => b.length - a.length);
    },
    clean,
    cleanAll: <T>(value: T): T => deep(value, once(clean)) as T,
  };
}

/** Most texts of a report stand in many of its results. */
function once(clean: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const cleaned = known.get(text) ?? clean(text);
    known.set(text, cleaned);
    return cleaned;
  };
}

function deep(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((item) => deep(item, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [clean(name), deep(item, clean)]));
}

function patterns(text: string): string {
  const keepHarmless = (whole: string, name: string, value: string): string => (harmless.has(value) ? whole : `${name}[redacted]`);
  return text
    .replace(pem, '[redacted key]')
    .replace(jwt, '[redacted token]')
    .replace(authorization, keepHarmless)
    .replace(userInfo, '$1[redacted]@')
    .replace(assigned, keepHarmless)
    .replace(queried, keepHarmless)
    .replace(member, keepHarmless)
    .replace(line, keepHarmless)
    .replace(privateJwkMember, '$1[redacted]');
}

/** Base64 of a text that stands inside a longer one starts at one of three offsets; the middle of each is unmistakable. */
function encodings(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const shifted = [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const whole = padded.length - (padded.length % 3);
    const core = padded
      .subarray(0, whole)
      .toString('base64')
      .slice(offset === 0 ? 0 : 4);
    return core.length >= 8 ? [core, core.replaceAll('+', '-').replaceAll('/', '_')] : [];
  });
  const quoted = JSON.stringify(secret).slice(1, -1);
  return [...new Set([secret, quoted, encodeURIComponent(secret), new URLSearchParams([['', secret]]).toString().slice(1), ...shifted])];
}
