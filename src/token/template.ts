import { isJsonObject, type JsonObject, type JsonValue } from '../model/json';
import type { Recipe, TemplateNames } from './recipe';

/** Puts names into every text of a JSON value; what is not known stays as it is written. */
export function fillIn<T extends JsonValue>(value: T, names: Partial<TemplateNames>): T;
export function fillIn(value: JsonValue, names: Partial<TemplateNames>): JsonValue {
  if (typeof value === 'string')
    return value.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => names[name as keyof TemplateNames] ?? whole);
  if (Array.isArray(value)) return value.map((item: JsonValue) => fillIn(item, names));
  if (isJsonObject(value)) return filledObject(value, names);
  return value;
}

function filledObject(value: JsonObject, names: Partial<TemplateNames>): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, member === undefined ? member : fillIn(member, names)]));
}

const luring = new WeakMap<Recipe, boolean>();

/** True for a recipe that leads to the canary. */
export function asksForCanary(recipe: Recipe): boolean {
  const known = luring.get(recipe) ?? JSON.stringify([recipe.header, recipe.claims]).includes('{{canary');
  luring.set(recipe, known);
  return known;
}

/** Names that an issuer's address gives; none of an issuer that is no URL. */
export function issuerNames(issuer: unknown): Partial<TemplateNames> {
  if (typeof issuer !== 'string') return {};
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  return { issuer, ...(url && { issuerOrigin: url.origin, issuerHost: url.host, ...besideIssuer(issuer) }) };
}

/** Issuers that are nearly this one, as texts: an issuer is compared character by character. None that is this one. */
function besideIssuer(issuer: string): Partial<TemplateNames> {
  const [scheme = ''] = issuer.split(':', 1);
  const beside: Partial<TemplateNames> = {
    issuerOfOtherHost: issuer.replace(/(?<=:\/\/)[^./]+/, 'kyma-guard'),
    issuerOfOtherPath: issuer.replace(/\/?[^/]*$/, '/kyma-guard'),
    issuerOfOtherScheme: `${scheme === 'https' ? 'http' : 'https'}${issuer.slice(scheme.length)}`,
    issuerInCapitals: issuer.toUpperCase(),
    issuerWithoutDots: issuer.replaceAll('.', '-'),
  };
  return Object.fromEntries(Object.entries(beside).filter(([, text]) => text !== issuer));
}

/** Names that a place at the canary gives. @param place its URL */
export function canaryNames(place: string): Partial<TemplateNames> {
  const { host, pathname } = new URL(place);
  return { canary: place, canaryHost: host, canaryPath: pathname };
}
