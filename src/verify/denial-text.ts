import { isJsonObject } from '../model/json';

/** How much of a body is read for words that turn callers away, in characters. */
const mostRead = 65_536;

/** Longest text that is taken for a message as a whole, in characters. */
const longestMessage = 400;

const words: readonly RegExp[] = [
  /\bunauthori[sz]ed\b|\bunauthenticated\b|\bnot authenticated\b|\bforbidden\b|\b(access|permission) denied\b/i,
  /\bnot (logged|signed) in\b|\bplease (log|sign)[ -]?in\b|\b(login|log-in|sign-in) (is )?required\b/i,
  /\b(must|need to|have to) (be (logged|signed) in|log ?in|sign ?in|authenticate)\b|\bauthentication (is )?(required|failed)\b/i,
  /\b(invalid|missing|expired|no) (access )?token\b|\btoken (is )?(missing|required|invalid|expired)\b|\bsession (has )?expired\b/i,
  /\bnicht angemeldet\b|\bbitte (melden|anmelden|einloggen)\b/i,
];

function isSaid(text: string): boolean {
  return words.some((sign) => sign.test(text));
}

/** Members by which an API says under 200 what others say by the status. */
const codeNames = new Set(['code', 'status', 'statuscode', 'status_code', 'errorcode', 'error_code', 'errcode', 'httpstatus']);
const codes = new Set(['401', '403', 'unauthorized', 'unauthenticated', 'forbidden']);
const answerNames = new Set(['success', 'ok', 'authenticated', 'authorized', 'loggedin', 'logged_in']);

/** A page that asks for a password, or that leads to one that does. */
const pageSigns = [
  /<input\b[^>]{0,400}\btype\s*=\s*["']?password\b/i,
  /<title>[^<]{0,100}\b(log|sign)[ -]?(in|on)\b/i,
  /<meta\b[^>]{0,200}\bhttp-equiv\s*=\s*["']?refresh\b/i,
];

/** What a page of a few lines does that is there to lead elsewhere. */
const leadsElsewhere = /\blocation(\.href)?\s*=\s*["'`]|\blocation\.(replace|assign)\(/;
const longestDetour = 4096;

/**
 * True for a body that turns its caller away, under whatever status it comes: by an error code, in words, or with a page to sign in. Data may
 * look so by chance; it says something only where the authorised caller gets no such body.
 */
export function turnsAway(text: string, form: 'json' | 'html' | 'text', json?: unknown): boolean {
  if (form === 'json') return isJsonObject(json) && isDenial(json);
  const start = text.slice(0, mostRead);
  if (form === 'text') return text.length <= longestMessage && isSaid(text);
  return pageSigns.some((sign) => sign.test(start)) || isSaid(start) || (text.length <= longestDetour && leadsElsewhere.test(start));
}

/** True for an object without any list or object in it that holds something, which says no. */
function isDenial(object: Readonly<Record<string, unknown>>): boolean {
  const members = Object.entries(object);
  if (members.some(([name, value]) => !isPlain(value) && !/error|request|meta|link/i.test(name))) return false;
  return members.some(([name, value]) => {
    const key = name.toLowerCase();
    if (answerNames.has(key)) return value === false;
    if (codeNames.has(key) && (typeof value === 'number' || typeof value === 'string')) return codes.has(String(value).toLowerCase());
    return typeof value === 'string' && value.length <= longestMessage && isSaid(value);
  });
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}
