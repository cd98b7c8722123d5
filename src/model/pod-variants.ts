type Labels = Readonly<Record<string, string>>;

/** What is known of a Service and its Pods. */
interface Selected {
  readonly namespace: string;
  readonly selector: Labels;
  readonly podLabels: Labels;
  readonly variants?: readonly Labels[];
}

/** Kinds of Pods behind one Service that are told apart; more are taken for one kind with what they have in common. */
const variantLimit = 20;

/** The label sets of Pods, each once. */
export function distinctLabels(pods: readonly { readonly labels: Labels }[]): Labels[] {
  return [...new Map(pods.map(({ labels }) => [JSON.stringify(Object.entries(labels).sort()), labels])).values()].slice(0, variantLimit);
}

/**
 * Adds to Services what narrower ones tell of their Pods: whatever a Service with all their labels and more selects, they select as well,
 * and policies made for the narrower one are in force there. Takes time in proportion to the Services that share a label.
 */
export function withNarrower<T extends Selected>(services: readonly T[]): T[] {
  const byLabel = new Map<string, T[]>();
  for (const service of services) {
    for (const key of keysOf(service)) {
      const list = byLabel.get(key);
      if (list) list.push(service);
      else byLabel.set(key, [service]);
    }
  }
  return services.map((service) => {
    const alike = keysOf(service).map((key) => byLabel.get(key) ?? []);
    const [rarest = []] = [...alike].sort((a, b) => a.length - b.length);
    const narrower = rarest.filter(({ selector }) => isWithin(service.selector, selector)).map(({ selector }) => selector);
    return narrower.length === 0 ? service : withVariants(service, narrower);
  });
}

function keysOf({ namespace, selector }: Selected): string[] {
  return Object.entries(selector).map(([key, value]) => JSON.stringify([namespace, key, value]));
}

/** True when one selector has all labels of another, and more. */
function isWithin(wide: Labels, narrow: Labels): boolean {
  return Object.keys(narrow).length > Object.keys(wide).length && carries(narrow, wide);
}

function carries(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

function withVariants<T extends Selected>(service: T, narrower: readonly Labels[]): T {
  const known = service.variants ?? [service.podLabels];
  // Where the input holds Pods that the narrower Service selects, their labels say more.
  const more = narrower.filter((selector) => !known.some((labels) => carries(labels, selector)));
  return more.length === 0 ? service : { ...service, variants: distinctLabels([...known, ...more].map((labels) => ({ labels }))) };
}
