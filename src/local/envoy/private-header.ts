/**
 * Header that carries the mTLS identity of the caller between the two hops. The ingress overwrites it, the sidecar removes it, and
 * the sidecars have no address outside the process, so no client can set it.
 */
export const principalHeader = 'x-kyma-guard-principal';

/** How identities are written in certificates. @see SPIFFE ID, section 2 */
export const identityScheme = 'spiffe://';
