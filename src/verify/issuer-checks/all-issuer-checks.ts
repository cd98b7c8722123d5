import type { IssuerCheck } from '../issuer-check';
import { issuerAddress } from './issuer-address';
import { issuerDiscovery } from './issuer-discovery';
import { issuerJwksUri } from './issuer-jwks-uri';
import { issuerKeys } from './issuer-keys';
import { issuerString } from './issuer-string';

/** Every check of an issuer, in the order of the report. */
export const allIssuerChecks: readonly IssuerCheck[] = [issuerAddress, issuerDiscovery, issuerString, issuerJwksUri, issuerKeys];
