import type { Rule } from '../../rule';
import { issuerDex } from './issuer-dex';
import { issuerForm } from './issuer-form';
import { issuerHttp } from './issuer-http';
import { issuerLocal } from './issuer-local';
import { issuerManyTenants } from './issuer-many-tenants';
import { issuerTrailingSlash } from './issuer-trailing-slash';
import { issuerXsuaaForm } from './issuer-xsuaa-form';
import { jwksAddress } from './jwks-address';
import { jwksForeignHost } from './jwks-foreign-host';
import { jwksHttp } from './jwks-http';

/** Rules that rest on facts about providers, browsers and the gateway, not on the search. */
export const securityFactRules: readonly Rule[] = [
  issuerForm,
  issuerHttp,
  jwksHttp,
  jwksAddress,
  jwksForeignHost,
  issuerDex,
  issuerLocal,
  issuerManyTenants,
  issuerTrailingSlash,
  issuerXsuaaForm,
];
