const nanoseconds: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const step = /(?<whole>\d*)(?:\.(?<part>\d*))?(?<unit>ns|us|µs|μs|ms|s|m|h)/gy;

/** Longest number of digits that is read; more is no duration that anybody means. */
const digitLimit = 30;

/**
 * Reads a duration as Go writes it (`1m30s`, `0.5s`), exactly. Absent when it is none.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goNanoseconds(text: string): bigint | undefined {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  const amount = text.slice(sign.length);
  if (amount === '0') return 0n;
  let sum = 0n;
  let end = 0;
  for (const match of amount.matchAll(step)) {
    const { whole = '', part = '', unit = '' } = match.groups ?? {};
    if (whole + part === '' || whole.length + part.length > digitLimit) return undefined;
    sum += (BigInt(`${whole}${part}`) * (nanoseconds[unit] ?? 0n)) / 10n ** BigInt(part.length);
    end = match.index + match[0].length;
  }
  if (end === 0 || end !== amount.length) return undefined;
  return sign === '-' ? -sum : sum;
}
