import type { JsonObject } from '../model/json';
import type { Sender } from '../http/sender';
import { fetchKeys } from '../token/keys';

/** Where the keys of one issuer are: as the manifests say, and on this machine. */
export interface KeySource {
  readonly issuer: string;
  readonly jwksUri: string;
  /** Base URL of the local issuer. */
  readonly at: string;
}

/** Public keys of the issuers, fetched over HTTP and kept. */
export interface IssuerKeys {
  /**
   * Keys of an issuer; undefined for one that is not configured, empty while it cannot be reached.
   * @param kid id of the key that is wanted; an unknown one is a reason to ask the issuer again
   */
  of(issuer: string, kid: string | undefined): Promise<readonly JsonObject[] | undefined>;
}

/** Kept for five minutes, like a mesh that asks from time to time. */
const maxAgeMs = 300_000;
/** A token with a made-up key id must not cost the issuer a request each. */
const minGapMs = 1000;

interface Slot {
  readonly source: KeySource;
  keys: readonly JsonObject[];
  fetchedAt: number;
  triedAt: number;
  running?: Promise<void> | undefined;
}

/**
 * Keeps the keys of the issuers. When an issuer does not answer, keys that are known stay in use; without any, tokens of that issuer
 * cannot be verified, and those of other issuers still can.
 * @param now clock in milliseconds. @default Date.now
 */
export function createIssuerKeys(sender: Sender, sources: readonly KeySource[], now: () => number = Date.now): IssuerKeys {
  const slots = new Map<string, Slot[]>();
  for (const source of sources) {
    const slot = { source, keys: [], fetchedAt: -Infinity, triedAt: -Infinity };
    slots.set(source.issuer, [...(slots.get(source.issuer) ?? []), slot]);
  }
  const refresh = async (slot: Slot): Promise<void> => {
    try {
      const { keys } = await fetchKeys(sender, slot.source.jwksUri, slot.source.at);
      slot.keys = keys;
      slot.fetchedAt = now();
    } catch {
      // The keys that are known stay; the next token asks again.
    } finally {
      slot.running = undefined;
    }
  };
  const isDue = (slot: Slot, kid: string | undefined): boolean => {
    const known = kid === undefined ? slot.keys.length > 0 : slot.keys.some((key) => key['kid'] === kid);
    return (!known || now() - slot.fetchedAt > maxAgeMs) && now() - slot.triedAt >= minGapMs;
  };
  return {
    async of(issuer, kid) {
      const found = slots.get(issuer);
      if (!found) return undefined;
      for (const slot of found) {
        if (!slot.running && isDue(slot, kid)) {
          slot.triedAt = now();
          slot.running = refresh(slot);
        }
        await slot.running;
      }
      return found.flatMap(({ keys }) => keys);
    },
  };
}
