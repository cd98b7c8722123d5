import type { JsonObject } from '../../src/model/json';
import type { Manifest } from '../../src/model/manifest';

/** A manifest as the reader would give it. */
export function manifestOf(
  body: JsonObject & { apiVersion: string; kind: string; metadata: { name: string; namespace?: string } },
): Manifest {
  const { name, namespace } = body.metadata;
  const locate = (): { line: number; column: number } => ({ line: 1, column: 1 });
  return {
    apiVersion: body.apiVersion,
    kind: body.kind,
    name,
    ...(namespace && { namespace }),
    labels: {},
    annotations: {},
    body,
    file: 'test.yaml',
    locate,
  };
}

/** A Function in namespace `geo`. */
export function functionManifest(name: string, source: string, spec: JsonObject = {}): Manifest {
  return manifestOf({
    apiVersion: 'serverless.kyma-project.io/v1alpha2',
    kind: 'Function',
    metadata: { name, namespace: 'geo' },
    spec: { runtime: 'nodejs22', source: { inline: { source } }, ...spec },
  });
}

/** A JWT access strategy. */
export function jwt(issuers: readonly (readonly [issuer: string, jwksUri: string])[], authorizations: JsonObject[] = []): JsonObject {
  return { jwt: { authentications: issuers.map(([issuer, jwksUri]) => ({ issuer, jwksUri })), authorizations } };
}

/** An APIRule v2 in namespace `geo` for a Service on port 80. */
export function apiRuleManifest(name: string, host: string, rules: JsonObject[], spec: JsonObject = {}): Manifest {
  return manifestOf({
    apiVersion: 'gateway.kyma-project.io/v2',
    kind: 'APIRule',
    metadata: { name, namespace: 'geo' },
    spec: { gateway: 'kyma-system/kyma-gateway', hosts: [host], service: { name, port: 80 }, rules, ...spec },
  });
}

/** ServiceInstance and ServiceBinding of XSUAA in namespace `geo`. */
export function xsuaaManifests(name: string, binding: JsonObject = {}, xsappname = name): Manifest[] {
  const apiVersion = 'services.cloud.sap.com/v1';
  const metadata = { name, namespace: 'geo' };
  return [
    manifestOf({
      apiVersion,
      kind: 'ServiceInstance',
      metadata,
      spec: { serviceOfferingName: 'xsuaa', servicePlanName: 'application', parameters: { xsappname } },
    }),
    manifestOf({ apiVersion, kind: 'ServiceBinding', metadata, spec: { serviceInstanceName: name, ...binding } }),
  ];
}
