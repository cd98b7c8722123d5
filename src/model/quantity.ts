const factors: Readonly<Record<string, number>> = {
  ...{ n: 1e-9, u: 1e-6, m: 1e-3, '': 1, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18 },
  ...{ Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60 },
};
const form = /^([+-]?(?:\d+\.?\d*|\.\d+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;

/**
 * Reads a quantity of Kubernetes (`100m`, `16Mi`, `1e3`, `2`), in CPUs or bytes. Absent when it is none.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function quantityOf(text: string): number | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [, digits = '', unit = ''] = match;
  const factor = factors[unit];
  return factor === undefined ? Number(`${digits}${unit}`) : Number(digits) * factor;
}
