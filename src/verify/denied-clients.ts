import { UsageError } from '../model/errors';
import type { VerifyOptions } from './verify-input';

/**
 * One client cannot be both the caller that gets in and one that must not.
 * @throws {UsageError} ERR_USAGE when a client that must be refused everywhere is one of the good ones
 */
export function requireOtherClients({ denied = [], credentials = [] }: Pick<VerifyOptions, 'denied' | 'credentials'>): void {
  const same = denied.flatMap(({ label, credentials: one, onlyWhereRefused = false }) => {
    const good = credentials.find(({ clientId, tokenEndpoint }) => clientId === one.clientId && tokenEndpoint === one.tokenEndpoint);
    return good && !onlyWhereRefused ? [`--deny-credentials ${label} is the client of --credentials (${one.clientId})`] : [];
  });
  if (same.length > 0)
    throw new UsageError(
      same.join('; '),
      'Name a client that the rules must refuse: of the same issuer, without their scopes or audiences.',
    );
}
