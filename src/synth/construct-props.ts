import type { Config } from '../config/schema';
import type { XsuaaConfig } from '../config/schema-issuers';
import type { FunctionConfig } from '../config/schema-workloads';
import { exposuresOf } from '../config/exposures';
import type { EnvReference } from '../constructs/function-source';
import type { ProtectedFunctionProps } from '../constructs/protected-function';
import { xsuaaBindingNames, type XsuaaBindingProps } from '../constructs/xsuaa-binding';
import type { BundledSource } from './bundle-function';
import { defined } from './defined';

/** The binding of an XSUAA issuer in the form that the constructs take. */
export function bindingProps({ binding }: XsuaaConfig): XsuaaBindingProps {
  if (!binding) return {};
  const { x509, ...rest } = binding;
  return { ...defined(rest), ...(x509 && { x509: defined(x509) }) };
}

/** A Function, without name and API rules, in the form that the constructs take. */
export function functionProps(
  config: FunctionConfig,
  source: BundledSource | undefined,
  { issuers = {} }: Config,
): Omit<ProtectedFunctionProps, 'metadata' | 'expose'> {
  const bindings = (config.bindings ?? []).flatMap((name) => {
    const issuer = issuers[name];
    return issuer?.kind === 'xsuaa' ? [xsuaaBindingNames(issuer.name ?? name, bindingProps(issuer))] : [];
  });
  const { profile, replicas, labels, annotations, secretMounts, baseline } = config;
  return {
    runtime: config.runtime,
    source: sourceOf(config, source),
    ...(config.env && { env: envOf(config.env) }),
    ...(bindings.length > 0 && { bindings }),
    ...defined({ profile, replicas, labels, annotations, secretMounts, baseline }),
  };
}

function sourceOf({ source }: FunctionConfig, bundled: BundledSource | undefined): ProtectedFunctionProps['source'] {
  if (typeof source === 'string') return bundled ?? { handler: '' };
  const { url, reference, baseDir, auth } = source.git;
  return { git: { url, reference, baseDir, ...(auth && { auth }) } };
}

function envOf(env: NonNullable<FunctionConfig['env']>): Record<string, string | EnvReference> {
  return Object.fromEntries(
    Object.entries(env).map(([name, value]): [string, string | EnvReference] => {
      if (typeof value === 'string') return [name, value];
      if ('secret' in value) return [name, { secretName: value.secret.name, key: value.secret.key }];
      return [name, { configMapName: value.configMap.name, key: value.configMap.key }];
    }),
  );
}

/** Scopes of an XSUAA instance that rules demand: technical tokens carry them only if the descriptor grants them. */
export function technicalScopes(issuer: string, config: Config): string[] {
  const [only, second] = Object.keys(config.issuers ?? {});
  const scopes = new Set<string>();
  for (const { expose } of exposuresOf(config)) {
    for (const { access } of expose.rules) {
      if (access === undefined || access === 'public') continue;
      const entries = access.jwt.issuers ?? (second === undefined && only !== undefined ? [only] : []);
      const entry = entries.find((candidate) => (typeof candidate === 'string' ? candidate : candidate.issuer) === issuer);
      if (entry === undefined) continue;
      for (const scope of [...(access.jwt.scopes ?? []), ...(typeof entry === 'string' ? [] : (entry.scopes ?? []))]) scopes.add(scope);
    }
  }
  return [...scopes].filter((scope) => scope.startsWith('$XSAPPNAME.')).sort();
}
