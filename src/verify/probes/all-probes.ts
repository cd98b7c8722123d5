import type { Probe } from '../probe';
import { algNone } from './alg-none';
import { cookieToken } from './cookie-token';
import { corsPreflight } from './cors-preflight';
import { deniedClient } from './denied-client';
import { emptyToken } from './empty-token';
import { expiredToken } from './expired-token';
import { foreignKey } from './foreign-key';
import { garbageToken } from './garbage-token';
import { hmacPublicKey } from './hmac-public-key';
import { identityHeader } from './identity-header';
import { methodNotExposed } from './method-not-exposed';
import { noToken } from './no-token';
import { pathNotExposed } from './path-not-exposed';
import { pathSpelling } from './path-spelling';
import { queryToken } from './query-token';
import { signatureStripped } from './signature-stripped';
import { tamperedPayload } from './tampered-payload';
import { wrongIssuer } from './wrong-issuer';
import { writeOnly } from './write-only';

/** Every attack, in the order in which they run: twins before what they explain, cheap before dear. */
export const allProbes: readonly Probe[] = [
  noToken,
  writeOnly,
  emptyToken,
  garbageToken,
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
  hmacPublicKey,
  expiredToken,
  wrongIssuer,
  deniedClient,
];
