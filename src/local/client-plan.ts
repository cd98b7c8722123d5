/** Shape of tokens and paths. `other` is any provider of OpenID Connect. */
export type IssuerForm = 'xsuaa' | 'keycloak' | 'other';

/** What a policy asks of a token beside its issuer. */
export interface Requirement {
  readonly audiences: readonly string[];
  readonly scopes: readonly string[];
}

/** A client of a local issuer and what its tokens carry. */
export interface ClientPlan {
  readonly clientId: string;
  /** Name of the application that owns the client, with suffix for XSUAA. */
  readonly appName: string;
  readonly audiences: readonly string[];
  readonly scopes: readonly string[];
}

/** True for names with the suffix that XSUAA gives at provisioning: `sb-app!t12`, `app!b3.Read`. */
export function isXsuaaName(name: string): boolean {
  return /![a-z]\d+(?:[.|]|$)/.test(name);
}

/** A client that fits every requirement, and one that fits none unless some rule asks for nothing. */
export function planClients(
  form: IssuerForm,
  requirements: readonly Requirement[],
  appNames: readonly string[],
): { readonly accepted: ClientPlan; readonly refused?: ClientPlan } {
  const audiences = [...new Set(requirements.flatMap((one) => one.audiences))];
  const scopes = [...new Set(requirements.flatMap((one) => one.scopes))];
  const owner = form === 'xsuaa' ? xsuaaOwner(audiences, scopes, appNames) : { clientId: 'kyma-guard-local', appName: 'kyma-guard-local' };
  const accepted = { ...owner, audiences, scopes };
  const asksNothing = requirements.some((one) => one.audiences.length + one.scopes.length === 0);
  if (asksNothing || requirements.length === 0) return { accepted };
  const appName = form === 'xsuaa' ? 'kyma-guard-stranger!t2' : 'kyma-guard-stranger';
  return { accepted, refused: { clientId: form === 'xsuaa' ? `sb-${appName}` : appName, appName, audiences: [], scopes: [] } };
}

function xsuaaOwner(
  audiences: readonly string[],
  scopes: readonly string[],
  appNames: readonly string[],
): Pick<ClientPlan, 'clientId' | 'appName'> {
  const clientId = audiences.find((audience) => audience.startsWith('sb-') && isXsuaaName(audience));
  const named = [clientId?.slice('sb-'.length), ...audiences, ...scopes].find((name) => name !== undefined && isXsuaaName(name));
  const appName = named?.replace(/(![a-z]\d+)[.|].*$/, '$1') ?? `${appNames[0] ?? 'kyma-guard-local'}!t1`;
  return { clientId: clientId ?? `sb-${appName}`, appName };
}
