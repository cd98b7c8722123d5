/** Name and place of an object. Names are explicit, because a derived name that changes deletes and creates the object anew. */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace: string;
  /** @default - no labels */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - no annotations */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Order in which Argo CD applies objects; it waits for each wave. Other tools ignore it. */
const waves = { namespace: -3, instance: -2, binding: -1, workload: 0, apiRule: 1, verification: 2 } as const;

/** Annotation that puts an object into its wave. @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ */
export function syncWave(stage: keyof typeof waves): Record<string, string> {
  return { 'argocd.argoproj.io/sync-wave': String(waves[stage]) };
}

/** Metadata with the wave added; an annotation of the user wins. */
export function inWave(stage: keyof typeof waves, metadata: ObjectMetadata) {
  const { name, namespace, labels } = metadata;
  return { name, namespace, ...(labels && { labels: { ...labels } }), annotations: { ...syncWave(stage), ...metadata.annotations } };
}
