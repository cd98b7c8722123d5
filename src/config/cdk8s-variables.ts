/** What the cdk8s CLI tells the program that it starts. */
export interface Cdk8sCall {
  /** Folder that it reads afterwards. @default - `dist` beside the configuration */
  readonly outdir?: string;
  /** True when it wants `construct-metadata.json` for its validation plugins. */
  readonly recordConstructMetadata: boolean;
}

/** Reads the variables that `cdk8s synth` sets. @see https://cdk8s.io/docs/latest/cli/synth/ */
export function cdk8sCall(env: Readonly<Record<string, string | undefined>> = process.env): Cdk8sCall {
  const outdir = env['CDK8S_OUTDIR'];
  return {
    ...(outdir !== undefined && outdir !== '' && { outdir }),
    recordConstructMetadata: env['CDK8S_RECORD_CONSTRUCT_METADATA'] === 'true',
  };
}
