import type { Environment } from '../config/environment';
import { xsuaaBindingNames } from '../constructs/xsuaa-binding';
import { bindingProps } from './construct-props';

/** Where the operator puts the credentials of an XSUAA issuer. */
export interface IssuerSecret {
  /** @default - no environments are declared */
  readonly environment?: string;
  /** Name in the configuration. */
  readonly issuer: string;
  readonly namespace: string;
  /** Name of the Secret. */
  readonly name: string;
  /** True when the lock file has the issuer. */
  readonly isLocked: boolean;
}

/** The Secrets of an environment's XSUAA issuers, in the order of the file. */
export function issuerSecrets({ name: environment, config, lock }: Environment): IssuerSecret[] {
  return Object.entries(config.issuers ?? {}).flatMap(([issuer, declared]) => {
    if (declared.kind !== 'xsuaa') return [];
    const { secretName: name } = xsuaaBindingNames(declared.name ?? issuer, bindingProps(declared));
    const place = { issuer, namespace: declared.namespace, name, isLocked: lock[issuer] !== undefined };
    return [{ ...place, ...(environment !== undefined && { environment }) }];
  });
}

/** What records the issuer once its Secret exists. */
export function lockCommand({ environment, issuer, namespace, name }: IssuerSecret): string {
  const env = environment === undefined ? '' : ` --env ${environment}`;
  return `kubectl -n ${namespace} get secret ${name} -o yaml | kyma-guard lock ${issuer}${env} --credentials -`;
}
