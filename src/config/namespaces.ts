import type { Config } from './schema';

/** Namespaces that belong to the platform: never written. */
const foreign = /^(default|kube-.*|kyma-system|istio-system)$/;

/** True for a namespace that nobody but the platform may write. */
export function isPlatformNamespace(name: string): boolean {
  return foreign.test(name);
}

/** Namespaces that synth writes: those of functions, XSUAA issuers and the verification, unless `namespaces` says otherwise. Sorted. */
export function managedNamespaces(config: Config): readonly string[] {
  const own = new Set<string>();
  for (const issuer of Object.values(config.issuers ?? {})) if (issuer.kind === 'xsuaa') own.add(issuer.namespace);
  for (const { namespace } of Object.values(config.functions ?? {})) own.add(namespace);
  if (config.verification) own.add(config.verification.namespace);
  for (const name of own) if (isPlatformNamespace(name)) own.delete(name);
  for (const [name, mode] of Object.entries(config.namespaces ?? {})) {
    if (mode === 'managed') own.add(name);
    else own.delete(name);
  }
  return [...own].sort();
}
