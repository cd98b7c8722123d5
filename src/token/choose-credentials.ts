import { UsageError } from '../model/errors';
import { closest } from '../model/closest';
import { credentialsFor, issuerOf, type Credentials } from './credentials';

/**
 * The credentials that a person means: by issuer string, by its host, or by what the credential is called (path, file name with or
 * without suffix, folder, name in `VCAP_SERVICES`). Without a name there must be no choice.
 * @throws {UsageError} ERR_USAGE when none or several fit
 */
export function chooseCredentials(name: string | undefined, all: readonly Credentials[]): Credentials {
  const [first, second] = all;
  if (!first) throw nothing();
  if (name === undefined) {
    if (second) throw new UsageError(`there are ${all.length} credentials, and no ISSUER says which`, `Name one of them: ${listed(all)}.`);
    return first;
  }
  const exact = all.find(({ label }) => label === name) ?? credentialsFor(name, all);
  if (exact) return exact;
  const [fitting, other] = all.filter((one) => namesOf(one).includes(name.toLowerCase()));
  if (fitting && other) throw new UsageError(`${JSON.stringify(name)} names several credentials`, `Name one of them: ${listed(all)}.`);
  if (fitting) return fitting;
  const near = closest(name, all.flatMap(namesOf));
  const meant = near === undefined ? '' : `; did you mean ${JSON.stringify(near)}?`;
  throw new UsageError(
    `no credentials are for ${JSON.stringify(name)}${meant}`,
    `There are: ${listed(all)}. Or assign a file with --credentials ISSUER=PATH.`,
  );
}

/** Short names of a credential, lower case: file, file without suffix, host of its issuer. */
function namesOf(credentials: Credentials): string[] {
  const file = (credentials.label.split(/[/\\]/).at(-1) ?? credentials.label).toLowerCase();
  const issuer = issuerOf(credentials);
  const host = issuer !== undefined && URL.canParse(issuer) ? [new URL(issuer).host, new URL(issuer).hostname] : [];
  return [...new Set([file, file.replace(/\.(json|ya?ml)$/, ''), ...host])];
}

function listed(all: readonly Credentials[]): string {
  return all
    .map((one) => {
      const issuer = issuerOf(one);
      return `${one.label}${issuer === undefined || issuer === one.label ? '' : ` (${issuer})`}`;
    })
    .join(', ');
}

function nothing(): UsageError {
  return new UsageError(
    'there are no credentials',
    'Give --credentials PATH or --local, or set SERVICE_BINDING_ROOT, VCAP_SERVICES or KYMA_GUARD_*.',
  );
}
