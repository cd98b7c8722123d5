import type { ApiRule } from '../model/api-rule';
import { UsageError } from '../model/errors';
import { credentialsFor, issuerOf, rivalsFor, type Credentials } from '../token/credentials';

/**
 * Lets a `--credentials` argument pass when at least one client in it belongs to an issuer of the rules: one that fits none would be
 * left aside without a word.
 * @throws {UsageError} ERR_USAGE when none fits, with the issuers that there are
 */
export function requireFitting(argument: string, clients: readonly Credentials[], apiRules: readonly ApiRule[]): void {
  const issuers = trustedIssuers(apiRules);
  if (issuers.length === 0 || issuers.some((issuer) => credentialsFor(issuer, clients))) return;
  const own = [...new Set(clients.map((client) => issuerOf(client) ?? client.tokenEndpoint))].join(', ');
  throw new UsageError(
    `--credentials ${argument} is for ${own}, which no rule trusts; the rules trust ${issuers.join(', ')}`,
    'Give the key of one of these issuers, or say whose it is: --credentials ISSUER=PATH.',
  );
}

/** Which client is used where several are of one issuer, as lines for the user: the others are left aside. */
export function tellRivals(clients: readonly Credentials[], apiRules: readonly ApiRule[]): string[] {
  return trustedIssuers(apiRules).flatMap((issuer) => {
    const [used, ...others] = rivalsFor(issuer, clients);
    const aside = others.filter(({ source, clientId }) => source !== used?.source || clientId !== used.clientId);
    if (!used || aside.length === 0) return [];
    const names = aside.map(({ label }) => label).join(', ');
    return [`Note: several credentials are of ${issuer}; ${used.label} is used, ${names} left aside.`];
  });
}

/**
 * Lets an issuer pass that the rules trust.
 * @throws {UsageError} ERR_USAGE when none does, with the issuers that there are
 */
export function requireTrusted(option: string, issuer: string | undefined, apiRules: readonly ApiRule[]): void {
  const issuers = trustedIssuers(apiRules);
  if (issuers.length === 0 || (issuer !== undefined && issuers.includes(issuer))) return;
  throw new UsageError(
    issuer === undefined
      ? `${option} gives a token that names no issuer; the rules trust ${issuers.join(', ')}`
      : `${option} is for ${issuer}, which no rule trusts; the rules trust ${issuers.join(', ')}`,
    'Give one of these issuers, character by character.',
  );
}

/** Issuers that a rule trusts, sorted. */
export function trustedIssuers(apiRules: readonly ApiRule[]): string[] {
  return [...new Set(apiRules.flatMap(({ rules }) => rules).flatMap(trustedBy))].sort();
}

function trustedBy({ access }: ApiRule['rules'][number]): string[] {
  const jwt = access.kind === 'jwt' ? access.jwt : access.kind === 'extAuth' ? access.restrictions : undefined;
  return (jwt?.authentications ?? []).map(({ issuer }) => issuer);
}
