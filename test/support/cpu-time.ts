/**
 * Milliseconds of processor time from now on, of this process alone: other processes of the machine do not count, as they would on a clock.
 * Only for telling the exponential from the linear, where ten times too slow would still pass; figures stand in `bench/`.
 */
export function cpuTime(): () => number {
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}

/** What nothing that is linear comes near to, in milliseconds. */
export const endless = 10_000;
