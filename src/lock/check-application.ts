import { otherAppName } from '../config/app-name';
import type { Environment } from '../config/environment';
import { CredentialsInvalidError } from '../model/errors';
import type { Credentials } from '../token/credentials';

/**
 * Makes sure that a service key belongs to the application that the issuer's security descriptor declares: with the key of another one, every
 * rule would trust that application's clients.
 * @throws {CredentialsInvalidError} ERR_CREDENTIALS_INVALID when the names differ
 */
export function checkApplication({ label, xsappname = '' }: Credentials, { security }: Environment, issuer: string): void {
  const declared = xsappname === '' ? undefined : otherAppName(security[issuer], xsappname);
  if (declared === undefined) return;
  throw new CredentialsInvalidError(
    `credentials ${label}: are of the application "${xsappname}", but the security descriptor of ${issuer} declares "${declared}"`,
    `Give the service key of the instance that ${issuer} stands for, or correct xsappname in its descriptor.`,
  );
}
