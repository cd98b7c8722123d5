import { goDurationSeconds } from '../model/go-duration';

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Words that stand for numbers, in the order of the numbers. */
  readonly words: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', from: 0, to: 59, words: [] },
  { name: 'hour', from: 0, to: 23, words: [] },
  { name: 'day of the month', from: 1, to: 31, words: [] },
  { name: 'month', from: 1, to: 12, words: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { name: 'day of the week', from: 0, to: 6, words: 'sun mon tue wed thu fri sat'.split(' ') },
];

const macros = new Set(['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']);

/**
 * What is wrong with the schedule of a CronJob, or undefined: five fields with numbers, names, ranges, lists and steps, or a macro such as
 * `@daily`. The API server refuses anything else.
 * @see Kubernetes documentation, CronJob, Schedule syntax
 */
export function scheduleProblem(schedule: string): string | undefined {
  const text = schedule.trim();
  if (/^@every\s/.test(text))
    return goDurationSeconds(text.slice(6).trim()) === undefined ? 'give a duration, such as @every 6h' : undefined;
  if (text.startsWith('@')) return macros.has(text) ? undefined : `give one of ${[...macros].join(', ')}, or five fields`;
  const parts = text.split(/\s+/);
  if (/^(?:CRON_)?TZ=/.test(text)) return 'give the time zone with timeZone';
  if (parts.length !== fields.length) return 'give five fields: minute, hour, day of the month, month, day of the week, such as 0 3 * * *';
  const wrong = fields.find((field, index) => !(parts[index] ?? '').split(',').every((part) => isInField(part, field)));
  return wrong && `the ${wrong.name} goes from ${wrong.from} to ${wrong.to}, with *, lists, ranges and steps, such as */15 or 1-5`;
}

/** One entry of a list: `*`, a number, or a range, and maybe a step. */
function isInField(part: string, field: Field): boolean {
  const [range = '', step, ...rest] = part.split('/');
  if (rest.length > 0 || (step !== undefined && !/^0*[1-9][0-9]{0,3}$/.test(step))) return false;
  if (range === '*' || range === '?') return true;
  const [from, to, ...more] = range.split('-').map((value) => numberOf(value, field));
  if (from === undefined || more.length > 0) return false;
  return range.includes('-') ? to !== undefined && from <= to : true;
}

function numberOf(value: string, { from, to, words }: Field): number | undefined {
  const word = words.indexOf(value.toLowerCase());
  if (word >= 0) return word + from;
  if (!/^[0-9]{1,4}$/.test(value)) return undefined;
  const number = Number(value);
  return number >= from && number <= to ? number : undefined;
}

/** True for a name of the time zone database, such as `Europe/Berlin`; `Local`, which the API server refuses, is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
