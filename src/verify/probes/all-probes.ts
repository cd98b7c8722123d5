import type { Probe } from '../probe';
import { algNone } from './alg-none';
import { algorithmSwap } from './algorithm-swap';
import { certificateUrl } from './certificate-url';
import { compressedToken } from './compressed-token';
import { cookieToken } from './cookie-token';
import { corsPreflight } from './cors-preflight';
import { damagedSignature } from './damaged-signature';
import { deniedClient } from './denied-client';
import { duplicateMembers } from './duplicate-members';
import { earlyToken } from './early-token';
import { embeddedJwk } from './embedded-jwk';
import { embeddedX5c } from './embedded-x5c';
import { emptyToken } from './empty-token';
import { encryptedToken } from './encrypted-token';
import { expiredToken } from './expired-token';
import { foreignKey } from './foreign-key';
import { garbageToken } from './garbage-token';
import { hmacEmptySecret } from './hmac-empty-secret';
import { hmacOwnSecret } from './hmac-own-secret';
import { hmacPublicKey } from './hmac-public-key';
import { hmacWeakSecret } from './hmac-weak-secret';
import { identityHeader } from './identity-header';
import { issuerOfAnotherRule } from './issuer-of-another-rule';
import { issuerSpelling } from './issuer-spelling';
import { issuerUrl } from './issuer-url';
import { jsonSerialization } from './json-serialization';
import { keyUrl } from './key-url';
import { kidInjection } from './kid-injection';
import { kidPath } from './kid-path';
import { kidPrototype } from './kid-prototype';
import { kidUrl } from './kid-url';
import { methodNotExposed } from './method-not-exposed';
import { nestedToken } from './nested-token';
import { noToken } from './no-token';
import { oddTokenTypes } from './odd-token-types';
import { oversizeToken } from './oversize-token';
import { pathNotExposed } from './path-not-exposed';
import { pathSpelling } from './path-spelling';
import { psychicSignature } from './psychic-signature';
import { queryToken } from './query-token';
import { reflectedClaims } from './reflected-claims';
import { rsaPadding } from './rsa-padding';
import { signatureStripped } from './signature-stripped';
import { tamperedPayload } from './tampered-payload';
import { tokenSpelling } from './token-spelling';
import { tokenType } from './token-type';
import { tokenWithoutExp } from './token-without-exp';
import { unboundToken } from './unbound-token';
import { unencodedPayload } from './unencoded-payload';
import { unknownCrit } from './unknown-crit';
import { writeOnly } from './write-only';
import { wrongAudience } from './wrong-audience';
import { wrongIssuer } from './wrong-issuer';
import { wrongScope } from './wrong-scope';

/** Every attack, in the order in which they run: twins before what they explain, cheap before dear. */
export const allProbes: readonly Probe[] = [
  noToken,
  writeOnly,
  emptyToken,
  garbageToken,
  oversizeToken,
  queryToken,
  cookieToken,
  identityHeader,
  methodNotExposed,
  pathNotExposed,
  pathSpelling,
  corsPreflight,
  foreignKey,
  tamperedPayload,
  signatureStripped,
  algNone,
  damagedSignature,
  algorithmSwap,
  oddTokenTypes,
  hmacPublicKey,
  hmacEmptySecret,
  hmacWeakSecret,
  hmacOwnSecret,
  psychicSignature,
  rsaPadding,
  jsonSerialization,
  tokenSpelling,
  reflectedClaims,
  embeddedJwk,
  embeddedX5c,
  keyUrl,
  certificateUrl,
  kidUrl,
  kidPath,
  kidInjection,
  kidPrototype,
  unencodedPayload,
  compressedToken,
  nestedToken,
  duplicateMembers,
  encryptedToken,
  unknownCrit,
  tokenType,
  expiredToken,
  tokenWithoutExp,
  earlyToken,
  wrongIssuer,
  issuerSpelling,
  issuerUrl,
  wrongAudience,
  wrongScope,
  issuerOfAnotherRule,
  unboundToken,
  deniedClient,
];
