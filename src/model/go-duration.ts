const secondsPerUnit: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, μs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
const step = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy;

/**
 * Reads a duration as Go writes it (`72h`, `1h30m`), in seconds. Absent when it is none: Go knows no day, so `7d` is refused.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goDurationSeconds(text: string): number | undefined {
  let seconds = 0;
  let end = 0;
  const amount = text.startsWith('+') ? text.slice(1) : text;
  for (const match of amount.matchAll(step)) {
    seconds += Number(match[1]) * (secondsPerUnit[match[2] ?? ''] ?? Number.NaN);
    end = match.index + match[0].length;
  }
  return end > 0 && end === amount.length ? seconds : undefined;
}
