import type { JsonObject, JsonValue } from '../../../model/json';
import { isJsonObject } from '../../../model/json';
import { listAt, textOf } from '../../../model/json-fields';
import { pairIssuers } from '../../issuers/pair-issuers';
import { isDex } from '../../issuers/dex';
import { missingNotes } from '../pairing-notes';
import { isInTheWay, note, type RuleNote } from '../rule-notes';
import type { TranslateSettings } from '../settings';
import type { TranslatedAccess } from './handler';

/** Keeps what Istio checked already; only issuers that the map replaces, and Dex, change. */
export function translateIstioJwt(config: JsonObject, settings: TranslateSettings): TranslatedAccess {
  const notes: RuleNote[] = [];
  const authentications = listAt(config, 'authentications').flatMap((entry): JsonValue[] => {
    if (!isJsonObject(entry)) return [entry];
    const replaced = replaceIssuer(entry, settings);
    notes.push(...replaced.notes);
    return replaced.entry ? [replaced.entry] : [];
  });
  if (notes.some(isInTheWay)) return { notes };
  const { authorizations } = config;
  return { access: { jwt: { authentications, ...(authorizations !== undefined && { authorizations }) } }, notes };
}

function replaceIssuer(entry: JsonObject, { issuers: map }: TranslateSettings): { entry?: JsonObject; notes: readonly RuleNote[] } {
  const [issuer, jwksUri] = [textOf(entry['issuer']), textOf(entry['jwksUri'])];
  const named = map.some(({ from }) => from.includes(issuer) || from.includes(jwksUri));
  if (!named && !isDex(issuer) && !isDex(jwksUri)) return { entry, notes: [] };
  const { pairs, replaced, removed, missing } = pairIssuers({ issuers: [issuer], jwksUrls: [jwksUri] }, map);
  const [pair] = pairs;
  if (!pair) return { notes: missing.length > 0 ? missingNotes(missing) : removed.map(removedNote) };
  return {
    entry: { ...entry, ...pair },
    notes: replaced.map(() =>
      note(
        'migrate-issuer-replaced',
        'changed',
        `the issuer ${JSON.stringify(issuer)} gives way to ${JSON.stringify(pair.issuer)}, as the issuer map says`,
      ),
    ),
  };
}

function removedNote(address: string): RuleNote {
  return note('migrate-issuer-replaced', 'stricter', `tokens of ${JSON.stringify(address)} no longer pass, as the issuer map says`);
}
