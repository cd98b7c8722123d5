import { urlOf } from '../../model/address';
import { groupBy } from '../../model/group-by';
import { isDex } from './dex';
import { isRemoval, type IssuerMap, type IssuerPair } from './issuer-map';
import { indexKeys, keysOfForm } from './key-forms';
import type { MissingIssuer } from './missing-issuer';

/** Who an old rule trusted: a token passed that any of the keys had signed and that named any of the issuers. */
export interface OldTrust {
  /** Empty: every issuer was taken. */
  readonly issuers: readonly string[];
  /** Empty: the keys of Oathkeeper's own configuration were taken. */
  readonly jwksUrls: readonly string[];
}

/** What becomes of the issuers and keys of an old rule. */
export interface Pairing {
  readonly pairs: readonly IssuerPair[];
  /** Pairs of the issuer map that the old rule did not have, with the entry that led to them. */
  readonly replaced: readonly { readonly from: string; readonly pair: IssuerPair }[];
  /** Entries that the issuer map takes away. */
  readonly removed: readonly string[];
  /** Keys that no issuer of the rule needs. */
  readonly unusedKeys: readonly string[];
  readonly missing: readonly MissingIssuer[];
}

/** Pairs issuers with keys: by the issuer map, then by the forms of known providers, then where only one pair is left. */
export function pairIssuers(old: OldTrust, map: IssuerMap): Pairing {
  const trust: OldTrust = { issuers: [...new Set(old.issuers)], jwksUrls: [...new Set(old.jwksUrls)] };
  const mapped = applyMap(trust, map);
  const rest = pairRest(without(trust, mapped.covered), trust);
  const pairs = [...mapped.pairs, ...rest.pairs];
  return {
    pairs: inOrder(trust.issuers, pairs),
    replaced: mapped.replaced,
    removed: mapped.removed,
    unusedKeys: rest.missing.length === 0 ? rest.unusedKeys : [],
    missing: rest.missing,
  };
}

function applyMap(trust: OldTrust, map: IssuerMap): Pick<Pairing, 'pairs' | 'replaced' | 'removed'> & { covered: ReadonlySet<string> } {
  const [named, withKeys] = [new Set(trust.issuers), new Set(trust.jwksUrls)];
  const covered = new Set<string>();
  const [pairs, replaced, removed]: [IssuerPair[], { from: string; pair: IssuerPair }[], string[]] = [[], [], []];
  for (const entry of map) {
    const issuers = entry.from.filter((text) => named.has(text));
    const keys = entry.from.filter((text) => withKeys.has(text));
    for (const text of [...issuers, ...keys]) covered.add(text);
    if (isRemoval(entry)) {
      removed.push(...issuers, ...keys);
      continue;
    }
    // Keys alone say nothing where the rule names its issuers: another issuer may have been meant.
    const [from] = named.size === 0 ? keys : issuers;
    if (from === undefined) continue;
    const pair: IssuerPair = { issuer: entry.issuer, jwksUri: entry.jwksUri };
    pairs.push(pair);
    const isOld = withKeys.has(pair.jwksUri) && (named.size === 0 || named.has(pair.issuer));
    if (!isOld) replaced.push({ from, pair });
  }
  return { covered, pairs, replaced, removed };
}

function without({ issuers, jwksUrls }: OldTrust, covered: ReadonlySet<string>): OldTrust {
  return { issuers: issuers.filter((text) => !covered.has(text)), jwksUrls: jwksUrls.filter((text) => !covered.has(text)) };
}

type Rest = Pick<Pairing, 'pairs' | 'unusedKeys' | 'missing'>;

function pairRest(rest: OldTrust, whole: OldTrust): Rest {
  const dex: OldTrust = { issuers: rest.issuers.filter(isDex), jwksUrls: rest.jwksUrls.filter(isDex) };
  const missing: MissingIssuer[] = dex.issuers.length + dex.jwksUrls.length > 0 ? [{ why: 'dex', ...dex }] : [];
  const issuers = rest.issuers.filter((issuer) => !isDex(issuer));
  const keys = rest.jwksUrls.filter((url) => !isDex(url));
  const usable = keys.filter(isHttp);
  const unusable = keys.filter((url) => !isHttp(url));
  if (unusable.length > 0) missing.push({ why: 'address', issuers: [], jwksUrls: unusable });
  if (whole.issuers.length === 0) {
    return { pairs: [], unusedKeys: [], missing: [...missing, ...usable.map((url) => missingOf('no-issuer', [], [url]))] };
  }
  if (whole.jwksUrls.length === 0) {
    return { pairs: [], unusedKeys: [], missing: [...missing, ...issuers.map((issuer) => missingOf('no-keys', [issuer], []))] };
  }
  const paired = pairByForm(issuers, usable);
  const unpaired = paired.issuers.map((issuer) => missingOf(usable.length === 0 ? 'no-keys' : 'unpaired', [issuer], paired.keys));
  return { pairs: paired.pairs, unusedKeys: paired.keys, missing: [...missing, ...unpaired] };
}

function missingOf(why: MissingIssuer['why'], issuers: readonly string[], jwksUrls: readonly string[]): MissingIssuer {
  return { why, issuers, jwksUrls };
}

/** Pairs, and the issuers and keys that are left. */
interface Paired {
  readonly pairs: readonly IssuerPair[];
  readonly issuers: readonly string[];
  readonly keys: readonly string[];
}

function pairByForm(issuers: readonly string[], keys: readonly string[]): Paired {
  const index = indexKeys(keys);
  const byForm = pairWith(issuers, keys, (issuer) => keysOfForm(issuer, index) ?? []);
  const byOrigin = pairWith(byForm.issuers, byForm.keys, onlyOneOfOrigin(byForm));
  const byRest = pairWith(byOrigin.issuers, byOrigin.keys, () =>
    byOrigin.issuers.length === 1 && byOrigin.keys.length === 1 ? byOrigin.keys : [],
  );
  return { ...byRest, pairs: [...byForm.pairs, ...byOrigin.pairs, ...byRest.pairs] };
}

function pairWith(issuers: readonly string[], keys: readonly string[], keysOf: (issuer: string) => string | readonly string[]): Paired {
  const pairs = issuers.flatMap((issuer) => [keysOf(issuer)].flat().map((jwksUri) => ({ issuer, jwksUri })));
  const [paired, used] = [new Set(pairs.map(({ issuer }) => issuer)), new Set(pairs.map(({ jwksUri }) => jwksUri))];
  return { pairs, issuers: issuers.filter((issuer) => !paired.has(issuer)), keys: keys.filter((url) => !used.has(url)) };
}

/** Finds the one key address on the origin of an issuer, where no other issuer has that origin. */
function onlyOneOfOrigin({ issuers, keys }: Paired): (issuer: string) => readonly string[] {
  const [issuersAt, keysAt] = [groupBy(issuers, originOf), groupBy(keys, originOf)];
  return (issuer) => {
    const origin = originOf(issuer);
    const candidates = keysAt.get(origin) ?? [];
    return origin !== '' && issuersAt.get(origin)?.length === 1 && candidates.length === 1 ? candidates : [];
  };
}

/** Origin of an http(s) address; the empty text for any other. */
function originOf(address: string): string {
  return isHttp(address) ? (urlOf(address)?.origin ?? '') : '';
}

function isHttp(address: string): boolean {
  const protocol = urlOf(address)?.protocol;
  return protocol === 'https:' || protocol === 'http:';
}

/** Each pair once, in the order of the issuers that the rule names; replacements behind them. */
function inOrder(issuers: readonly string[], pairs: readonly IssuerPair[]): IssuerPair[] {
  const places = new Map(issuers.map((issuer, at) => [issuer, at]));
  const rank = ({ issuer }: IssuerPair): number => places.get(issuer) ?? issuers.length;
  const distinct = [...new Map(pairs.map((pair) => [keyOf(pair), pair])).values()];
  return distinct.sort((a, b) => rank(a) - rank(b));
}

function keyOf({ issuer, jwksUri }: IssuerPair): string {
  return JSON.stringify([issuer, jwksUri]);
}
