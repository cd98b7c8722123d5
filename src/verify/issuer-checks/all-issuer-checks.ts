import type { IssuerCheck } from '../issuer-check';
import { issuerAddress } from './issuer-address';
import { issuerDiscovery } from './issuer-discovery';
import { issuerJwksUri } from './issuer-jwks-uri';
import { issuerKeyMembers } from './issuer-key-members';
import { issuerKeys } from './issuer-keys';
import { issuerMetadata } from './issuer-metadata';
import { issuerString } from './issuer-string';
import { issuerTokenEndpoint } from './issuer-token-endpoint';

/** Every check of an issuer, in the order of the report. */
export const allIssuerChecks: readonly IssuerCheck[] = [
  issuerAddress,
  issuerDiscovery,
  issuerString,
  issuerMetadata,
  issuerJwksUri,
  issuerKeys,
  issuerKeyMembers,
  issuerTokenEndpoint,
];
