import { Construct } from 'constructs';
import { serviceBindingProblems } from '../model/binding-checks';
import { UsageError } from '../model/errors';
import { issuerProblems, xsuaaIssuer, type TrustedIssuer } from '../model/issuer';
import type { JsonObject } from '../model/json';
import { listAt, objectAt } from '../model/json-fields';
import type { Problem } from '../model/problem';
import { serviceInstanceProblems } from '../model/service-instance-checks';
import type { JwtIssuer } from './access-rule';
import { ServiceBinding, ServiceInstance } from './bindings';
import { inWave, type ObjectMetadata } from './object-metadata';
import { reportProblems } from './report-problems';
import { xsuaaBindingNames, xsuaaBindingSpec, type XsuaaBindingProps } from './xsuaa-binding';
import { completeDescriptor } from './xsuaa-descriptor';

/** Properties of {@link XsuaaIssuer}. */
export interface XsuaaIssuerProps {
  /** Name and namespace of the instance. Another name is another instance, with other clients and without its role collections. */
  readonly metadata: ObjectMetadata;
  /** Content of `xs-security.json`, as it is. */
  readonly xsSecurity: JsonObject;
  /** @default 'application' */
  readonly plan?: 'application' | 'broker';
  /** Member `url` of the credentials. @default - unknown until the binding exists, so no rule can name this issuer yet */
  readonly url?: string;
  /** Member `xsappname` of the credentials, suffix included (`orders!t4711`). @default - unknown until the binding exists */
  readonly xsappname?: string;
  /** Scopes that rules require of technical tokens (`$XSAPPNAME.Read`); the descriptor grants them to its own client. @default - none */
  readonly technicalScopes?: readonly string[];
  /** @default - a client secret that rotates every 72h and is kept for 48h */
  readonly binding?: XsuaaBindingProps;
}

/** An XSUAA instance with its binding, and the issuer whose tokens it stands for. */
export class XsuaaIssuer extends Construct implements JwtIssuer {
  /** Name of the Secret that holds the credentials, and of its ServiceBinding. */
  readonly secretName: string;
  /** Folder below `SERVICE_BINDING_ROOT` in which a Function sees the credentials. */
  readonly bindingName: string;
  readonly xsappname: string | undefined;
  readonly declaredAppName: string | undefined;
  private readonly url: string | undefined;
  private readonly place: string;

  /** @throws {TypeError} when `technicalScopes` names a scope that the descriptor does not declare */
  constructor(scope: Construct, id: string, props: XsuaaIssuerProps) {
    super(scope, id);
    const { name, namespace } = props.metadata;
    ({ secretName: this.secretName, bindingName: this.bindingName } = xsuaaBindingNames(name, props.binding));
    this.xsappname = props.xsappname;
    this.declaredAppName = typeof props.xsSecurity['xsappname'] === 'string' ? props.xsSecurity['xsappname'] : undefined;
    this.url = props.url;
    this.place = `${namespace}/${name}`;
    this.addInstance(props);
    this.addBinding(props);
    if (props.url !== undefined) this.node.addValidation({ validate: () => issuerProblems(xsuaaIssuer(props.url ?? '')) });
  }

  /** @throws {UsageError} ERR_USAGE when the `url` of the instance is not known yet */
  get issuer(): string {
    return this.trusted().issuer;
  }

  /** @throws {UsageError} ERR_USAGE when the `url` of the instance is not known yet */
  get jwksUri(): string {
    return this.trusted().jwksUri;
  }

  private trusted(): TrustedIssuer {
    if (this.url !== undefined) return xsuaaIssuer(this.url);
    const hint = 'Deploy instance and binding first, then give url from the Secret of the binding.';
    throw new UsageError(`nobody knows yet which tokens the XSUAA instance ${this.place} issues, because its url is missing`, hint);
  }

  private addInstance({ metadata, plan, xsSecurity, technicalScopes, binding }: XsuaaIssuerProps): void {
    const needs = { technicalScopes: technicalScopes ?? [], x509: binding?.credentials === 'x509' };
    const parameters = completeDescriptor(xsSecurity, needs);
    const spec = { serviceOfferingName: 'xsuaa', servicePlanName: plan ?? 'application', parameters };
    const instance = new ServiceInstance(this, 'Resource', { metadata: inWave('instance', metadata), spec });
    const types = listAt(objectAt(parameters, 'oauth2-configuration'), 'credential-types');
    reportProblems(this, instance, (body) => [
      ...serviceInstanceProblems(body),
      ...(needs.x509 && !types.includes('x509') ? [noCertificates] : []),
    ]);
  }

  private addBinding({ metadata, binding }: XsuaaIssuerProps): void {
    const { labels, namespace } = metadata;
    const own = { name: this.secretName, namespace, ...(labels && { labels }) };
    const object = new ServiceBinding(this, 'Binding', {
      metadata: inWave('binding', own),
      spec: xsuaaBindingSpec(metadata.name, binding),
    });
    reportProblems(this, object, serviceBindingProblems);
  }
}

const noCertificates: Problem = {
  id: 'xsuaa-credential-type',
  path: ['spec', 'parameters', 'oauth2-configuration', 'credential-types'],
  message: 'does not list x509, which the binding asks for',
};
