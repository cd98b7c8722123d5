import { escapeEnvValue } from '../model/env-expansion';
import { plainSourceText } from '../model/source-text';
import { FunctionSpecSourceGitRepositoryAuthType, type FunctionSpecEnv, type FunctionSpecSource } from './bindings';

/** Code that travels inside the manifest. */
export interface InlineSource {
  /** Text of the handler as written; at most 131,051 bytes. What the kubelet would expand in it is escaped. */
  readonly handler: string;
  /** Text of `package.json` (or `requirements.txt`). Pods install it at every start, so pin exact versions. @default - no dependencies */
  readonly dependencies?: string;
}

/** Code that Pods fetch from a Git repository. */
export interface GitSource {
  readonly git: {
    readonly url: string;
    /** Branch, tag or commit. */
    readonly reference: string;
    /** Folder with `handler.js` and `package.json`. */
    readonly baseDir: string;
    /** Secret with `username` and `password` (`basic`) or an SSH `key`. @default - a public repository */
    readonly auth?: { readonly type: 'basic' | 'key'; readonly secretName: string };
  };
}

/** A value that the Pod takes from elsewhere. */
export type EnvReference = { readonly secretName: string; readonly key: string } | { readonly configMapName: string; readonly key: string };

/** Writes the source of a Function. Text that the kubelet would alter is escaped, so the Pod gets what is given here; line ends become `\n`. */
export function functionSourceSpec(source: InlineSource | GitSource): FunctionSpecSource {
  if (!('git' in source)) {
    const { handler, dependencies } = source;
    const written = (text: string) => escapeEnvValue(plainSourceText(text));
    return { inline: { source: written(handler), ...(dependencies !== undefined && { dependencies: written(dependencies) }) } };
  }
  const { url, reference, baseDir, auth } = source.git;
  const type = auth?.type === 'key' ? FunctionSpecSourceGitRepositoryAuthType.KEY : FunctionSpecSourceGitRepositoryAuthType.BASIC;
  return { gitRepository: { url, reference, baseDir, ...(auth && { auth: { type, secretName: auth.secretName } }) } };
}

/** Writes environment variables; texts arrive as given, `$` included. */
export function functionEnvSpec(env: Readonly<Record<string, string | EnvReference>>): FunctionSpecEnv[] {
  return Object.entries(env).map(([name, value]) => {
    if (typeof value === 'string') return { name, value: escapeEnvValue(value) };
    if ('secretName' in value) return { name, valueFrom: { secretKeyRef: { name: value.secretName, key: value.key } } };
    return { name, valueFrom: { configMapKeyRef: { name: value.configMapName, key: value.key } } };
  });
}
