import type { Probe } from '../probe';
import { absentObject } from './absent-object';
import { algNone } from './alg-none';
import { algorithmSwap } from './algorithm-swap';
import { authorizationSpelling } from './authorization-spelling';
import { bodyToken } from './body-token';
import { cachedAnswer } from './cached-answer';
import { certificateUrl } from './certificate-url';
import { clientAddress } from './client-address';
import { compressedToken } from './compressed-token';
import { connectionReuse } from './connection-reuse';
import { contentSwitch } from './content-switch';
import { cookieToken } from './cookie-token';
import { corsPreflight } from './cors-preflight';
import { corsResponse } from './cors-response';
import { costlyToken } from './costly-token';
import { damagedSignature } from './damaged-signature';
import { denialForm } from './denial-form';
import { deniedClient } from './denied-client';
import { duplicateMembers } from './duplicate-members';
import { earlyToken } from './early-token';
import { embeddedJwk } from './embedded-jwk';
import { embeddedX5c } from './embedded-x5c';
import { emptyToken } from './empty-token';
import { encryptedToken } from './encrypted-token';
import { errorLeak } from './error-leak';
import { expiredToken } from './expired-token';
import { failedTokens } from './failed-tokens';
import { foreignKey } from './foreign-key';
import { forwardedHost } from './forwarded-host';
import { garbageToken } from './garbage-token';
import { headerToken } from './header-token';
import { hmacEmptySecret } from './hmac-empty-secret';
import { hmacOwnSecret } from './hmac-own-secret';
import { hmacPublicKey } from './hmac-public-key';
import { hmacWeakSecret } from './hmac-weak-secret';
import { hopByHop } from './hop-by-hop';
import { hostHeader } from './host-header';
import { http2 } from './http2';
import { idToken } from './id-token';
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
import { methodOverride } from './method-override';
import { methodSpelling } from './method-spelling';
import { nestedToken } from './nested-token';
import { noToken } from './no-token';
import { oddTokenTypes } from './odd-token-types';
import { oldTls } from './old-tls';
import { otherEntrance } from './other-entrance';
import { otherHost } from './other-host';
import { otherSample } from './other-sample';
import { otherScheme } from './other-scheme';
import { oversizeCall } from './oversize-call';
import { oversizeToken } from './oversize-token';
import { pathDots } from './path-dots';
import { pathLetters } from './path-letters';
import { pathNotExposed } from './path-not-exposed';
import { pathParameters } from './path-parameters';
import { pathQuery } from './path-query';
import { pathSeparators } from './path-separators';
import { pathSpelling } from './path-spelling';
import { pathSuffix } from './path-suffix';
import { pathTwice } from './path-twice';
import { plainHttp } from './plain-http';
import { protocolUpgrade } from './protocol-upgrade';
import { psychicSignature } from './psychic-signature';
import { publicPrefix } from './public-prefix';
import { queryToken } from './query-token';
import { redirectHost } from './redirect-host';
import { reflectedClaims } from './reflected-claims';
import { repeatedAuthorization } from './repeated-authorization';
import { requestSmuggling } from './request-smuggling';
import { requestTarget } from './request-target';
import { reusedToken } from './reused-token';
import { rewriteHeader } from './rewrite-header';
import { rsaPadding } from './rsa-padding';
import { securityHeaders } from './security-headers';
import { sessionCookie } from './session-cookie';
import { sideDoor } from './side-door';
import { signatureStripped } from './signature-stripped';
import { tamperedPayload } from './tampered-payload';
import { tokenSpelling } from './token-spelling';
import { tokenType } from './token-type';
import { tokenWithoutExp } from './token-without-exp';
import { traceEcho } from './trace-echo';
import { unboundToken } from './unbound-token';
import { unencodedPayload } from './unencoded-payload';
import { unfitKey } from './unfit-key';
import { unknownCrit } from './unknown-crit';
import { writeForged } from './write-forged';
import { writeOnly } from './write-only';
import { wideLeeway } from './wide-leeway';
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
  oversizeCall,
  queryToken,
  cookieToken,
  identityHeader,
  otherScheme,
  headerToken,
  authorizationSpelling,
  repeatedAuthorization,
  bodyToken,
  methodNotExposed,
  methodSpelling,
  corsPreflight,
  methodOverride,
  contentSwitch,
  traceEcho,
  pathNotExposed,
  otherSample,
  pathSpelling,
  pathDots,
  pathSeparators,
  pathParameters,
  pathSuffix,
  pathLetters,
  pathQuery,
  requestTarget,
  publicPrefix,
  pathTwice,
  otherHost,
  rewriteHeader,
  clientAddress,
  hostHeader,
  forwardedHost,
  redirectHost,
  hopByHop,
  protocolUpgrade,
  http2,
  otherEntrance,
  plainHttp,
  oldTls,
  connectionReuse,
  cachedAnswer,
  sideDoor,
  denialForm,
  absentObject,
  foreignKey,
  writeForged,
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
  unfitKey,
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
  costlyToken,
  unknownCrit,
  tokenType,
  expiredToken,
  wideLeeway,
  tokenWithoutExp,
  earlyToken,
  wrongIssuer,
  issuerSpelling,
  issuerUrl,
  wrongAudience,
  wrongScope,
  issuerOfAnotherRule,
  unboundToken,
  idToken,
  deniedClient,
  sessionCookie,
  corsResponse,
  errorLeak,
  securityHeaders,
  reusedToken,
  failedTokens,
  requestSmuggling,
];
