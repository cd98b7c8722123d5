/** What the parent tells the function process at its start, as JSON in its first argument. Never holds a secret. */
export type RuntimeSettings =
  | { readonly task: 'serve'; readonly serve: ServeSettings }
  /** Installs the dependencies of the function in the working directory. `npm` is the command line to run. */
  | { readonly task: 'install'; readonly npm: readonly string[] };

/** How the function is served. */
export interface ServeSettings {
  /** Absolute path of the handler file. */
  readonly handler: string;
  readonly name: string;
  readonly namespace: string;
  readonly runtime: string;
  /** In seconds; a request that takes longer is answered with 408. */
  readonly timeoutSeconds: number;
  /** In MiB; a larger body is answered with 413. */
  readonly bodyLimitMiB: number;
}

/** What the function process tells its parent. */
export type RuntimeMessage =
  | { readonly kind: 'listening'; readonly port: number }
  /** The handler could not be loaded; the process serves on and answers every call with 500, as in Kyma. */
  | { readonly kind: 'not-loaded'; readonly reason: string };
