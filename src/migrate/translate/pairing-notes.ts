import type { MissingIssuer } from '../issuers/missing-issuer';
import type { OldTrust, Pairing } from '../issuers/pair-issuers';
import { listed, manual, note, quoted, type RuleNote } from './rule-notes';

/** What a reviewer must know about the issuers of a rule, before and after. */
export function pairingNotes({ issuers, jwksUrls }: OldTrust, pairing: Pairing): RuleNote[] {
  const { pairs, replaced, removed, unusedKeys, missing } = pairing;
  if (issuers.length + jwksUrls.length === 0) return [nobodyNamed];
  if (missing.length > 0) return missingNotes(missing);
  const notes = replaced.map(({ from, pair }) =>
    note(
      'migrate-issuer-replaced',
      'changed',
      `${JSON.stringify(from)} gives way to the issuer ${JSON.stringify(pair.issuer)}, as the issuer map says`,
    ),
  );
  if (removed.length > 0)
    notes.push(note('migrate-issuer-replaced', 'stricter', `tokens of ${quoted(removed)} no longer pass, as the issuer map says`));
  if (pairs.length === 0) return [...notes, nobodyLeft];
  if (issuers.length === 0) notes.push(anyIssuerNote(pairs.map(({ issuer }) => issuer)));
  else if (issuers.length * jwksUrls.length > pairs.length) notes.push(narrowedNote(pairing, unusedKeys));
  return notes;
}

const nobodyNamed: RuleNote = manual(
  'migrate-issuer',
  "the handler jwt names neither issuers nor keys, so those of Oathkeeper's own configuration counted, which the input does not hold",
  'Name them in the old rule (trusted_issuers and jwks_urls), and migrate again.',
);

const nobodyLeft: RuleNote = manual(
  'migrate-issuer',
  'the issuer map takes every issuer of the rule away, so nobody could call it',
  'Name an issuer that takes their place, or take the rule out.',
);

function anyIssuerNote(issuers: readonly string[]): RuleNote {
  return note(
    'migrate-issuer-pairs',
    'stricter',
    `the rule named no issuer, so a token of any issuer passed if one of its keys had signed it; now its iss must be ${quoted(issuers)}`,
  );
}

/** More pairs than these are counted. */
const shownPairs = 10;

function narrowedNote({ pairs }: Pairing, unusedKeys: readonly string[]): RuleNote {
  const shown = pairs
    .slice(0, shownPairs)
    .map(({ issuer, jwksUri }) => `those at ${JSON.stringify(jwksUri)} for ${JSON.stringify(issuer)}`);
  const more = pairs.length > shownPairs ? [`${pairs.length - shownPairs} more pairs`] : [];
  const unused = unusedKeys.length > 0 ? `, and the keys at ${quoted(unusedKeys)}, which none of them needs, for nobody` : '';
  const message = `any of the keys could sign for any of the trusted issuers; now ${listed([...shown, ...more])} only${unused}`;
  return note('migrate-issuer-pairs', 'stricter', message);
}

/** Work that is left where issuers or keys stand alone. */
export function missingNotes(missing: readonly MissingIssuer[]): RuleNote[] {
  return missing.map((entry) => manual('migrate-issuer', reasons[entry.why](entry), fixes[entry.why]));
}

const reasons: Readonly<Record<MissingIssuer['why'], (missing: MissingIssuer) => string>> = {
  dex: ({ issuers, jwksUrls }) =>
    `${quoted([...issuers, ...jwksUrls])} ${plural(issuers, jwksUrls)} to the Dex of Kyma, which is gone since Kyma 2.0, so no token of it can be checked`,
  'no-issuer': ({ jwksUrls }) => `the keys at ${quoted(jwksUrls)} stand without an issuer, which APIRule v2 asks for`,
  'no-keys': ({ issuers }) => `the issuer ${quoted(issuers)} stands without keys of its own, which APIRule v2 asks for`,
  unpaired: ({ issuers, jwksUrls }) =>
    `which keys belong to the issuer ${quoted(issuers)} cannot be told from the addresses${jwksUrls.length > 0 ? `; left are ${quoted(jwksUrls)}` : ''}`,
  address: ({ jwksUrls }) => `the keys at ${quoted(jwksUrls)} are not served over http or https, and istiod fetches keys no other way`,
};

function plural(issuers: readonly string[], jwksUrls: readonly string[]): string {
  return issuers.length + jwksUrls.length > 1 ? 'belong' : 'belongs';
}

const readFromDiscovery = 'Say so in the issuer map (--issuers FILE), or let discovery documents answer (--discover).';

const fixes: Readonly<Record<MissingIssuer['why'], string>> = {
  dex: 'Name the provider that takes its place in the issuer map (--issuers FILE), or remove it there; a Dex of your own stays if the map names it as its own replacement.',
  'no-issuer': readFromDiscovery,
  'no-keys': readFromDiscovery,
  unpaired: readFromDiscovery,
  address: 'Publish the keys at an https address, and name it in the issuer map (--issuers FILE).',
};
