import type { Authentication } from '../model/api-rule';
import type { UnfitKey } from '../token/forge';
import type { SigningKey } from '../token/sign';
import { signingKeysFor, unfitKeysFor, type SigningKeys } from './signing-keys';
import type { IssuerFacts } from './issuer-check';

/** What is known of an issuer, the same for all routes that trust it. */
export interface SeenIssuer {
  readonly facts: IssuerFacts;
  /** The user's private keys that its tokens can be signed with. */
  readonly testKeys: readonly SigningKey[];
  /** The user's private keys that must not sign its tokens. */
  readonly unfitKeys: readonly UnfitKey[];
}

/** Looks up issuers by name and key address; keys are compared once for each, however many routes trust it. */
export function seenOfIssuers(looks: readonly IssuerFacts[], signingKeys: SigningKeys | undefined): (trust: Authentication) => SeenIssuer {
  const published = looks.map(({ keys }) => keys);
  const facts = new Map(looks.map((look) => [keyOf(look.trust), look] as const).reverse());
  const known = new Map<string, SeenIssuer>();
  const see = (trust: Authentication): SeenIssuer => {
    const own = facts.get(keyOf(trust)) ?? { trust, discovery: 'was not asked', keys: 'was not asked' };
    const { issuer } = trust;
    return {
      facts: own,
      testKeys: signingKeysFor(issuer, own.keys, signingKeys),
      unfitKeys: unfitKeysFor(issuer, own.keys, published, signingKeys),
    };
  };
  return (trust) => {
    const key = keyOf(trust);
    const seen = known.get(key) ?? see(trust);
    known.set(key, seen);
    return seen;
  };
}

function keyOf({ issuer, jwksUri }: Authentication): string {
  return JSON.stringify([issuer, jwksUri]);
}
