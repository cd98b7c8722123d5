import type { Environment } from '../config/environment';
import { exposuresOf, type Exposure } from '../config/exposures';
import { managedNamespaces } from '../config/namespaces';
import type { Config } from '../config/schema';
import type { XsuaaConfig } from '../config/schema-issuers';
import type { FunctionConfig, ServiceConfig } from '../config/schema-workloads';
import { ClosedBaseline } from '../constructs/closed-baseline';
import { JwtApiRule } from '../constructs/jwt-api-rule';
import { MeshNamespace } from '../constructs/mesh-namespace';
import { ProtectedFunction } from '../constructs/protected-function';
import { XsuaaIssuer } from '../constructs/xsuaa-issuer';
import { VerificationNamespace } from '../constructs/verification-namespace';
import { apiRuleProps } from './access-rules';
import type { BundledSource } from './bundle-function';
import { bindingProps, functionProps, technicalScopes } from './construct-props';
import type { Unit } from './unit';
import { verificationUnits, type Verifier } from './verification-unit';

/** What units are made of. */
export interface UnitContext {
  readonly environment: Environment;
  /** Source by Function; those from Git are missing. */
  readonly sources: Readonly<Record<string, BundledSource>>;
  /** False for an API rule that waits for an issuer and is left out. */
  readonly isWritten: (exposure: Exposure) => boolean;
  /** Needed where a verification is configured whose verifier travels in ConfigMaps. */
  readonly verifier?: Verifier | undefined;
}

/** The units of one environment, in a stable order. */
export function* unitsOf(context: UnitContext): Generator<Unit> {
  const { config } = context.environment;
  for (const namespace of managedNamespaces(config)) yield namespaceUnit(namespace, config);
  for (const [name, issuer] of Object.entries(config.issuers ?? {})) if (issuer.kind === 'xsuaa') yield issuerUnit(name, issuer, context);
  const exposures = writtenExposures(context);
  for (const [name, workload] of Object.entries(config.functions ?? {}))
    yield functionUnit(name, workload, exposures.get(`function ${name}`) ?? [], context);
  for (const [name, workload] of Object.entries(config.services ?? {}))
    yield serviceUnit(name, workload, exposures.get(`service ${name}`) ?? [], context);
  yield* verificationUnits(context.environment, [...exposures.values()].flat(), context.verifier);
}

function writtenExposures({ environment, isWritten }: UnitContext): ReadonlyMap<string, readonly Exposure[]> {
  const exposures = new Map<string, Exposure[]>();
  for (const exposure of exposuresOf(environment.config)) {
    if (!isWritten(exposure)) continue;
    const key = `${exposure.kind} ${exposure.workload}`;
    exposures.set(key, [...(exposures.get(key) ?? []), exposure]);
  }
  return exposures;
}

function namespaceUnit(namespace: string, { verification }: Config): Unit {
  return {
    name: 'namespace',
    namespace,
    path: ['namespaces'],
    build: (chart) => {
      if (namespace === verification?.namespace) new VerificationNamespace(chart, 'Namespace', { name: namespace });
      else new MeshNamespace(chart, 'Namespace', { name: namespace });
    },
  };
}

function issuerUnit(name: string, issuer: XsuaaConfig, { environment }: UnitContext): Unit {
  const metadata = { name: issuer.name ?? name, namespace: issuer.namespace };
  const xsSecurity = environment.security[name] ?? {};
  const scopes = technicalScopes(name, environment.config);
  return {
    name: `issuer-${name}`,
    namespace: issuer.namespace,
    path: ['issuers', name],
    build: (chart) => new XsuaaIssuer(chart, 'Issuer', { metadata, xsSecurity, technicalScopes: scopes, binding: bindingProps(issuer) }),
  };
}

function functionUnit(name: string, workload: FunctionConfig, exposures: readonly Exposure[], { environment, sources }: UnitContext): Unit {
  const { namespace } = workload;
  return {
    name: `function-${name}`,
    namespace,
    path: ['functions', name],
    build: (chart) => {
      const expose = exposures.map((exposure) => ({ name: exposure.name, ...apiRuleProps(exposure, environment) }));
      new ProtectedFunction(chart, 'Function', {
        metadata: { name, namespace },
        ...functionProps(workload, sources[name], environment.config),
        expose,
      });
    },
  };
}

function serviceUnit(
  name: string,
  { namespace, service, selector, baseline }: ServiceConfig,
  exposures: readonly Exposure[],
  { environment }: UnitContext,
): Unit {
  return {
    name: `service-${name}`,
    namespace,
    path: ['services', name],
    build: (chart) => {
      // One baseline for the workload, whatever the number of its API rules.
      if (baseline !== 'none')
        new ClosedBaseline(chart, 'Baseline', { metadata: { name: `${name}-closed`, namespace }, selector: selector ?? {} });
      for (const exposure of exposures) {
        const { annotations, ...props } = apiRuleProps(exposure, environment);
        const metadata = { name: exposure.name, namespace, ...(annotations && { annotations }) };
        new JwtApiRule(chart, `ApiRule-${exposure.name}`, { ...props, metadata, service, baseline: 'none' });
      }
    },
  };
}
