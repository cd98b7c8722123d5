/** Hosts that are remembered: a run asks few, and each of them with every request. */
const mostHosts = 10_000;

/** The same function, which works out the answer for a host once. */
export function remembered<T>(of: (host: string) => T): (host: string) => T {
  const known = new Map<string, T>();
  return (host) => {
    const found = known.get(host);
    if (found !== undefined) return found;
    const made = of(host);
    if (known.size >= mostHosts) known.clear();
    known.set(host, made);
    return made;
  };
}
