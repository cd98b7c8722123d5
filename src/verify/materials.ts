import { decodeToken } from '../token/decode';
import { forgeries, imaginedToken, type ForgeMaterial, type Forgery, type Recipe, type UnfitKey } from '../token/forge';
import type { PublishedKeys } from '../token/keys';
import type { SigningKey } from '../token/sign';
import { noGoodToken, wants } from '../model/for-want';
import type { JsonObject } from '../model/json';
import type { JwtConfig } from '../model/api-rule';
import { asksForCanary, canaryNames, fillIn, issuerNames } from '../token/template';
import type { Canary } from './canary';
import type { Attempt } from './probe';
import type { Route } from './endpoint';
import type { ForgedTokens } from './forged-tokens';
import type { FreshTokens } from './fresh-tokens';
import type { TokenVariant } from './probe-target';
import { tokenAudience } from './token-checks/token-audience';
import { tokenScopes } from './token-checks/token-scopes';

/** The valid token of a client that must be refused, or why there is none. */
export interface DeniedToken {
  readonly label: string;
  readonly token?: string;
  readonly problem?: string;
  readonly onlyWhereRefused: boolean;
}

/** What tokens for one route are made of. */
export interface RouteMaterial {
  readonly route: Route;
  readonly token?: string;
  readonly keys?: PublishedKeys;
  readonly foreignKey: SigningKey;
  readonly testKeys: readonly SigningKey[];
  /** Test keys of the other issuers of the rule. */
  readonly otherKeys: readonly SigningKey[];
  /** Private keys of the issuer that must not sign. */
  readonly unfitKeys: readonly UnfitKey[];
  /** What came with the good token. @default - it came alone */
  readonly idToken?: string;
  readonly denied: readonly DeniedToken[];
  /** Good tokens of issuers that other rules of the workload trust, and this one does not. */
  readonly neighbours: readonly TokenVariant[];
  /** What the prober's own credentials hold; only where the user consents and the target is this machine. @default - none */
  readonly ownSecrets?: readonly string[];
  /** Where tokens may lure a verifier to. @default - nowhere */
  readonly canary?: Canary;
  /** Hostile tokens that were made already: routes with the same issuer and good token share them. */
  readonly forged: ForgedTokens;
  /** Renews the good token. @default - it lasts */
  readonly fresh?: FreshTokens;
}

/** The tokens that an attempt tries, or why there are none. */
export async function tokensFor(attempt: Attempt, material: RouteMaterial | undefined): Promise<readonly TokenVariant[] | string> {
  const { credential, variant: label } = attempt;
  if (credential.kind === 'none') return [{ label, token: undefined }];
  if (credential.kind === 'text') return [{ label, token: credential.text }];
  if (!material) return 'the rule trusts no issuer by itself';
  if (credential.kind === 'valid') return material.token === undefined ? noGoodToken : [{ label, token: material.token }];
  if (credential.kind === 'denied') return deniedTokens(material);
  if (credential.kind === 'neighbour')
    return material.neighbours.length > 0
      ? material.neighbours
      : 'needs credentials of an issuer that another rule of the workload trusts, and this one does not';
  if (credential.kind === 'ended') return endedTokens(material);
  if (credential.kind === 'id-token') return idTokens(material);
  const current = await withCurrentToken(material);
  if (!current) return 'the good token has ended, and no new one can be had';
  if (asksForCanary(credential.recipe)) return luringTokens(label, credential.recipe, current);
  const forged = await forgedOnce(credential.recipe, current);
  if (forged.length === 0) return whyNone(credential.recipe, material);
  return labelled(forged, label);
}

const labels = new WeakMap<readonly Forgery[], Map<string, readonly TokenVariant[]>>();

/** The tokens with the name of the attempt. Made once: there may be hundreds, of which most routes try a few. */
function labelled(forged: readonly Forgery[], label: string): readonly TokenVariant[] {
  const byLabel = labels.get(forged) ?? new Map<string, readonly TokenVariant[]>();
  labels.set(forged, byLabel);
  const known = byLabel.get(label);
  if (known) return known;
  const made = forged.map(({ variant, token }) => ({ label: forged.length === 1 ? label : `${label} (${variant})`, token }));
  byLabel.set(label, made);
  return made;
}

function endedTokens({ token, fresh }: RouteMaterial): readonly TokenVariant[] | string {
  const ended = token === undefined ? [] : (fresh?.ended(token) ?? []);
  if (ended.length === 0) return 'no good token has ended, two minutes ago or longer, while the run went on';
  return ended.map((text) => ({ label: 'more than two minutes after its end', token: text }));
}

function idTokens({ route, idToken }: RouteMaterial): readonly TokenVariant[] | string {
  if (idToken === undefined) return 'no ID token came with the good one';
  const { jwt } = route.endpoint;
  if (jwt && admits(jwt, idToken)) return 'the rule accepts it: it asks for no scope and no audience that an ID token lacks';
  return [{ label: 'ID token', token: idToken }];
}

/** What is forged from a token that has ended would be refused for its time, whatever else is wrong with it. */
async function withCurrentToken(material: RouteMaterial): Promise<RouteMaterial | undefined> {
  const { token, fresh } = material;
  if (token === undefined || !fresh) return material;
  const current = await fresh.current(token);
  return current === undefined ? undefined : { ...material, token: current };
}

/** Each of them leads to a place of its own, so that a fetch tells who was led there; they are never used twice. */
async function luringTokens(label: string, recipe: Recipe, material: RouteMaterial): Promise<readonly TokenVariant[] | string> {
  if (!material.canary) return 'needs --canary URL, a server of the prober that the target can reach';
  const own = forgeMaterial(material);
  const kid = own.original.header['kid'];
  const lure = material.canary.place({ kids: [...(typeof kid === 'string' ? [kid] : []), 'kyma-guard'] });
  const names = { ...own.names, ...canaryNames(lure.url) };
  const issuer = [fillIn(recipe.claims?.['iss'] ?? '', names)].flat()[0];
  if (typeof issuer === 'string' && issuer !== '') lure.nameIssuer(issuer);
  const forged = await forgeries(recipe, { ...own, names });
  return forged.map(({ token }) => ({ label, token, lure }));
}

/** Forged tokens get ten minutes; before those are over they are made anew. */
const forgedForMs = 300_000;

/**
 * Signing costs more than sending: each token is made once per issuer, or once per rule when there is no good token to start from. What a
 * recipe takes beside the issuer's own keys and the good token tells its tokens apart, and nothing else does.
 */
function forgedOnce(recipe: Recipe, material: RouteMaterial): Promise<readonly Forgery[]> {
  const { route, token, forged, otherKeys, ownSecrets } = material;
  const { by } = recipe.signature;
  const rule = token === undefined ? route.endpoint.jwt?.authorizations : undefined;
  const others = by === 'other-issuer-key' ? otherKeys[0]?.publicPem : by === 'own-secret-hmac' && ownSecrets !== undefined;
  const made = Math.floor((material.fresh?.now() ?? Date.now()) / forgedForMs);
  const from = JSON.stringify([route.trust.issuer, route.trust.jwksUri, rule, others, made]);
  return forged.once({ token: token ?? '', from, recipe: textOf(recipe) }, () => forgeries(recipe, forgeMaterial(material)));
}

const texts = new WeakMap<Recipe, string>();

/** Two recipes with one text make the same. Most are constants of a probe, and some are long. */
function textOf(recipe: Recipe): string {
  const text = texts.get(recipe) ?? JSON.stringify(recipe);
  texts.set(recipe, text);
  return text;
}

function whyNone({ signature, onlyWith }: Recipe, { token, unfitKeys, route }: RouteMaterial): string {
  if (signature.by === 'test-key' && unfitKeys.length > 0)
    return `${wants.testKey}; ${route.trust.issuer} publishes none of those given for signatures`;
  if (token !== undefined && onlyWith !== undefined) return `the good token has no claim ${onlyWith}`;
  return missing[signature.by] ?? 'there is nothing to make it from';
}

const missing: Readonly<Record<string, string>> = {
  'other-issuer-key': 'needs --signing-key with private keys of two issuers of the rule',
  'unfit-key': 'needs --signing-key with a private key that the issuer does not publish any more, or for encryption only',
  'test-key': wants.testKey,
  original: 'needs a good token',
  damaged: 'needs a good token',
  unchanged: 'needs a good token',
  respelled: 'needs a good token',
  'public-key-hmac': 'needs the published keys of the issuer',
  encryption: 'needs a published key of the issuer, of RSA or of the curve P-256',
  'small-exponent': 'needs a published RSA key with the exponent 3',
  'own-secret-hmac': 'needs --allow-secret-probes, a target on this machine, and credentials with a secret',
};

/** Clients that the user named and that could not be tried, each with the reason. */
export function untriedClients(material: RouteMaterial | undefined): readonly string[] {
  const named = (material?.denied ?? []).filter(({ onlyWhereRefused, token }) => !onlyWhereRefused && token === undefined);
  return named.map(({ label, problem }) => `${label}: ${problem ?? 'its token cannot be had'}`);
}

function deniedTokens({ denied, route }: RouteMaterial): readonly TokenVariant[] | string {
  if (denied.length === 0) return wants.deniedClient;
  const { jwt } = route.endpoint;
  const fitting = denied.filter(
    ({ onlyWhereRefused, token }) => !onlyWhereRefused || token === undefined || (jwt !== undefined && !admits(jwt, token)),
  );
  const had = fitting.flatMap(({ label, token }) => (token === undefined ? [] : [{ label, token, ...lackOf(route, token) }]));
  if (had.length > 0) return had;
  return fitting[0]?.problem ?? 'the rule accepts such clients: it asks for no scope and no audience';
}

/** What the rule asks for and a token has not. */
function lackOf({ endpoint: { jwt }, trust }: Route, token: string): Pick<TokenVariant, 'lacks'> {
  const claims = decodeToken(token)?.claims;
  if (!jwt || !claims) return {};
  const facts = { trust, jwt, claims };
  const audience = tokenAudience.check(facts)?.expected;
  const scopes = tokenScopes.check(facts)?.expected;
  const parts = [...(audience === undefined ? [] : [`the audience ${audience}`]), ...(scopes === undefined ? [] : [`the scope ${scopes}`])];
  return parts.length === 0 ? {} : { lacks: parts.join(' and ') };
}

/** True when a rule accepts a valid token of one of its issuers by what it asks for. */
export function admits(jwt: JwtConfig, token: string): boolean {
  const claims: JsonObject | undefined = decodeToken(token)?.claims;
  const trust = jwt.authentications.find(({ issuer }) => issuer === claims?.['iss']);
  if (!claims || !trust) return false;
  const alternatives = jwt.authorizations.length === 0 ? [[]] : jwt.authorizations.map((one) => [one]);
  return alternatives.some((authorizations) => {
    const facts = { trust, jwt: { ...jwt, authorizations }, claims };
    return !tokenAudience.check(facts) && !tokenScopes.check(facts);
  });
}

/** The good token taken apart; without one, what it would roughly say. */
function forgeMaterial(material: RouteMaterial): ForgeMaterial {
  const { route, token, keys, foreignKey, testKeys, otherKeys, unfitKeys, ownSecrets, fresh } = material;
  const authorization = route.endpoint.jwt?.authorizations[0];
  const kid = keys?.keys[0]?.['kid'];
  const imagined = imaginedToken(route.trust.issuer, {
    audiences: authorization?.audiences ?? [],
    scopes: authorization?.requiredScopes ?? [],
    ...(typeof kid === 'string' && { kid }),
  });
  const original = (token === undefined ? undefined : decodeToken(token)) ?? imagined;
  const ownKid = original.header['kid'];
  const names = { ...issuerNames(route.trust.issuer), ...(typeof ownKid === 'string' && { kid: ownKid }) };
  return {
    original,
    foreignKey,
    testKeys,
    otherKeys,
    unfitKeys,
    names,
    ...(fresh && { now: new Date(fresh.now()) }),
    ...(keys && { keys }),
    ...(ownSecrets && { ownSecrets }),
  };
}
