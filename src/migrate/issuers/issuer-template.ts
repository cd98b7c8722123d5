import { possibleIssuers } from './key-forms';
import type { MissingWithUsers } from './missing-issuers';

const head = `# What takes the place of issuers and keys that old APIRules name: kyma-guard migrate --issuers FILE
#
# issuer is exactly the iss of the tokens, jwksUri the address of its keys; both are in the discovery document of the provider.
# Where nobody takes the place of an entry, write "remove: true" instead of the two.
`;

/**
 * A file for `--issuers` with an entry for everything that is missing. It is not usable before its empty texts are filled in.
 * @param missing of all APIRules of a run
 */
export function printIssuerTemplate(missing: readonly MissingWithUsers[]): string {
  return [head, ...missing.map(printEntry)].join('\n');
}

function printEntry({ why, issuers, jwksUrls, usedBy }: MissingWithUsers): string {
  // Keys that may belong to an issuer may belong to another one, too, so they are not replaced with it.
  const from = why === 'unpaired' ? issuers : [...issuers, ...jwksUrls];
  const keepsIssuer = why === 'unpaired' || why === 'no-keys';
  return [
    `# ${reasons[why]} Used by ${usersOf(usedBy)}.`,
    ...proposals({ why, issuers, jwksUrls }).map((address) => `#   ${JSON.stringify(address)}`),
    `- from:`,
    ...from.map((text) => `    - ${JSON.stringify(text)}`),
    `  issuer: ${JSON.stringify(keepsIssuer ? (issuers[0] ?? '') : '')}`,
    `  jwksUri: ${JSON.stringify(why === 'no-issuer' ? (jwksUrls[0] ?? '') : '')}`,
    '',
  ].join('\n');
}

function usersOf(usedBy: readonly string[]): string {
  // Names come from manifests, which may hold anything: escaped, they stay in the line of the comment.
  const shown = usedBy
    .slice(0, 5)
    .map((user) => JSON.stringify(user).slice(1, -1))
    .join(', ');
  return usedBy.length > 5 ? `${shown} and ${usedBy.length - 5} more` : shown;
}

const reasons: Readonly<Record<MissingWithUsers['why'], string>> = {
  dex: 'The Dex of Kyma is gone: name the provider that takes its place.',
  'no-issuer': 'Keys without an issuer. By the form of the address, it may be one of these:',
  'no-keys': 'An issuer without keys of its own.',
  unpaired: 'An issuer whose keys cannot be told. These keys are left:',
  address: 'Keys that are not served over http or https.',
};

function proposals({ why, jwksUrls }: Pick<MissingWithUsers, 'why' | 'issuers' | 'jwksUrls'>): readonly string[] {
  if (why === 'unpaired') return jwksUrls;
  return why === 'no-issuer' ? jwksUrls.flatMap(possibleIssuers) : [];
}
