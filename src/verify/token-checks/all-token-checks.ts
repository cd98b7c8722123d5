import type { TokenCheck } from '../token-check';
import { tokenAudience } from './token-audience';
import { tokenIssuer } from './token-issuer';
import { tokenLifetime } from './token-lifetime';
import { tokenScopes } from './token-scopes';
import { tokenSignature } from './token-signature';
import { tokenSubject } from './token-subject';

/** Every check of a good token, in the order of the report. */
export const allTokenChecks: readonly TokenCheck[] = [tokenSignature, tokenIssuer, tokenSubject, tokenAudience, tokenScopes, tokenLifetime];
