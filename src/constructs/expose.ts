import { shortDigest } from '../model/short-digest';
import type { JwtApiRuleProps } from './jwt-api-rule';
import type { ObjectMetadata } from './object-metadata';

/** One API rule of a workload. */
export interface ExposeProps extends Pick<JwtApiRuleProps, 'host' | 'gateway' | 'rules' | 'issuers' | 'cors' | 'timeoutSeconds'> {
  /** Name of the APIRule. @default - the name of the workload, followed by the host where that is another word */
  readonly name?: string;
  /** Annotations of the APIRule. @default - only the sync wave */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Name of the APIRule that exposes a workload on a host. It depends on these two only, so other entries may come and go. */
export function apiRuleName(workload: string, host: string): string {
  const word = host.replace(/^\*/, 'any').replaceAll('.', '-');
  const name = word === workload ? workload : `${workload}-${word}`;
  if (name.length <= 63) return name;
  return `${name.slice(0, 54).replace(/-+$/, '')}-${shortDigest(name)}`;
}

/**
 * Properties of the API rules of a Function, by name. The Function has a baseline of its own, so the rules bring none.
 *
 * @throws {TypeError} when two entries have the same name, or the same host, which only one of them could get
 */
export function exposedApiRules(metadata: ObjectMetadata, expose: readonly ExposeProps[]): ReadonlyMap<string, JwtApiRuleProps> {
  const rules = new Map<string, JwtApiRuleProps>();
  const hosts = new Set<string>();
  for (const { name, annotations, ...props } of expose) {
    const own = name ?? apiRuleName(metadata.name, props.host);
    if (hosts.has(props.host)) throw new TypeError(`${metadata.name} is exposed twice on host ${props.host}; put the rules into one entry`);
    if (rules.has(own)) throw new TypeError(`two API rules of ${metadata.name} would be called ${own}; give one of them a name`);
    hosts.add(props.host);
    const place = { name: own, namespace: metadata.namespace, ...(annotations && { annotations }) };
    rules.set(own, { ...props, metadata: place, service: { name: metadata.name, port: 80 }, baseline: 'none' });
  }
  return rules;
}
