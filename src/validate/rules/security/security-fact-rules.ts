import type { Rule } from '../../rule';
import { authorizersSeveral } from './authorizers-several';
import { closedBaselineMissing } from './closed-baseline-missing';
import { corsAnyOrigin } from './cors-any-origin';
import { corsAuthorizationHeader } from './cors-authorization-header';
import { corsDeadOrigin } from './cors-dead-origin';
import { corsDropped } from './cors-dropped';
import { corsOriginKey } from './cors-origin-key';
import { corsPreflightMethod } from './cors-preflight-method';
import { corsWideOrigin } from './cors-wide-origin';
import { extAuthCoversRoot } from './ext-auth-covers-root';
import { hostWildcardPublic } from './host-wildcard-public';
import { injectedCookie } from './injected-cookie';
import { injectedToken } from './injected-token';
import { issuerDex } from './issuer-dex';
import { issuerForm } from './issuer-form';
import { issuerHttp } from './issuer-http';
import { issuerKeysSeveral } from './issuer-keys-several';
import { issuerLocal } from './issuer-local';
import { issuerManyTenants } from './issuer-many-tenants';
import { issuerTrailingSlash } from './issuer-trailing-slash';
import { issuerXsuaaForm } from './issuer-xsuaa-form';
import { jwksAddress } from './jwks-address';
import { jwksForeignHost } from './jwks-foreign-host';
import { jwksHttp } from './jwks-http';
import { jwtAnyToken } from './jwt-any-token';
import { jwtClaimPattern, jwtUnresolvedScope } from './jwt-claim-pattern';
import { jwtEmptyAlternative } from './jwt-empty-alternative';
import { jwtScopeNoClaim } from './jwt-scope-no-claim';
import { jwtScopeOneText } from './jwt-scope-one-text';
import { jwtXsuaaSuffix } from './jwt-xsuaa-suffix';
import { publicEverything } from './public-everything';
import { publicWrite } from './public-write';
import { sidecarBypassed } from './sidecar-bypassed';
import { sidecarMissing } from './sidecar-missing';
import { sidecarRefused } from './sidecar-refused';
import { tokenHeaderPrefix } from './token-header-prefix';
import { tokenHeaderTaken } from './token-header-taken';
import { tokenInUrl } from './token-in-url';

/** Rules that rest on facts about providers, browsers and the gateway, not on the search. */
export const securityFactRules: readonly Rule[] = [
  issuerForm,
  issuerHttp,
  jwksHttp,
  jwksAddress,
  jwksForeignHost,
  issuerDex,
  issuerKeysSeveral,
  issuerLocal,
  issuerManyTenants,
  issuerTrailingSlash,
  issuerXsuaaForm,
  injectedToken,
  injectedCookie,
  jwtAnyToken,
  jwtEmptyAlternative,
  jwtScopeNoClaim,
  jwtScopeOneText,
  jwtXsuaaSuffix,
  jwtClaimPattern,
  jwtUnresolvedScope,
  tokenInUrl,
  tokenHeaderPrefix,
  tokenHeaderTaken,
  corsAnyOrigin,
  corsWideOrigin,
  corsDeadOrigin,
  corsDropped,
  corsOriginKey,
  corsPreflightMethod,
  corsAuthorizationHeader,
  hostWildcardPublic,
  publicWrite,
  publicEverything,
  extAuthCoversRoot,
  authorizersSeveral,
  closedBaselineMissing,
  sidecarBypassed,
  sidecarMissing,
  sidecarRefused,
];
