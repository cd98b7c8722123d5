import { UsageError } from '../model/errors';
import { selfIssuedSource } from '../token/self-issued';
import { allKeys } from '../token/signing-key-file';
import type { TokenSource } from '../token/token-source';
import type { Route } from './endpoint';
import type { VerifyOptions } from './verify-input';

/**
 * Sources of the issuers whose good tokens the user signs himself: each token has every audience and scope that the rules of its issuer ask
 * for.
 * @throws {UsageError} ERR_USAGE when there is no key to sign with
 */
export function ownSources(routes: readonly Route[], { selfIssued = [], signingKeys }: VerifyOptions): TokenSource[] {
  return selfIssued.map((issuer) => {
    const [key] = signingKeys ? allKeys(signingKeys, issuer) : [];
    if (!key)
      throw new UsageError(`there is no key to sign tokens of ${issuer} with`, 'Give the private key of the issuer with --signing-key.');
    const asked = routes.filter(({ trust }) => trust.issuer === issuer).flatMap(({ endpoint }) => endpoint.jwt?.authorizations ?? []);
    const audiences = [...new Set(asked.flatMap((one) => one.audiences))];
    const scopes = [...new Set(asked.flatMap((one) => one.requiredScopes))];
    return selfIssuedSource(key, { issuer, audiences, scopes });
  });
}
