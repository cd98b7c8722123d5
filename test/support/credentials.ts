import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../src/model/json';
import { credentialsOf, type Credentials } from '../../src/token/credentials';
import type { Secret } from '../../src/token/secret';

/** A service key as XSUAA gives it, with a secret made up for this run. */
export function serviceKey(members: JsonObject = {}): JsonObject & { clientid: string; clientsecret: string; url: string } {
  const url = 'https://geo.authentication.eu10.hana.ondemand.com';
  const base = { clientid: 'sb-geo!t1', clientsecret: `${randomBytes(12).toString('base64')}+$=`, url, xsappname: 'geo!t1' };
  return { ...base, ...members };
}

/** The client secret of credentials that have one. */
export function clientSecret(credentials: Credentials | undefined): Secret {
  if (credentials?.authentication.kind !== 'secret') throw new TypeError('these credentials have no client secret');
  return credentials.authentication.secret;
}

/** Credentials of a client at the given address. */
export function clientAt(url: string, members: JsonObject = {}): Credentials {
  return credentialsOf(serviceKey({ url, ...members }), { label: 'key.json', source: 'key.json' });
}
