const jwt = /\bey[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*){1,3}/g;
const authorization = /\b(bearer|basic)\s+[A-Za-z0-9+/=._~-]{8,}/gi;
const secretMember =
  /((?:client_?secret|password|access_token|refresh_token|id_token|assertion|private_?key)["']?\s*[=:]\s*["']?)[^\s"'&,;}<]+/gi;
const pem = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const privateJwkMember = /("(?:d|p|q|dp|dq|qi|k)"\s*:\s*")[^"]*(")/g;

/** Shorter values would take ordinary words out of a report. */
const minLearntLength = 6;

/** Takes secrets out of text on its way to an output: known ones in the usual encodings, and whatever looks like a credential. */
export interface Redactor {
  /** Remembers a secret, so that it never appears in an output, as it is, base64, base64url or URL-encoded. */
  readonly learn: (secret: string) => void;
  /** The text without secrets. */
  readonly clean: (text: string) => string;
}

/** The one function through which all output goes. */
export function createRedactor(): Redactor {
  const known = new Map<string, number>();
  let ordered: string[] = [];
  return {
    learn(secret) {
      if (secret.length < minLearntLength || known.has(secret)) return;
      for (const form of encodings(secret)) known.set(form, form.length);
      ordered = [...known.keys()].sort((a, b) => b.length - a.length);
    },
    clean: (text) => patterns(ordered.reduce((rest, secret) => rest.split(secret).join('[redacted]'), text)),
  };
}

function patterns(text: string): string {
  return text
    .replace(pem, '[redacted key]')
    .replace(jwt, '[redacted token]')
    .replace(authorization, '$1 [redacted]')
    .replace(secretMember, (whole: string, name: string) => (whole.endsWith('$TOKEN') ? whole : `${name}[redacted]`))
    .replace(privateJwkMember, '$1[redacted]$2');
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
