import type { JsonObject } from '../../model/json';
import { isJsonObject } from '../../model/json';
import { listAt, objectAt } from '../../model/json-fields';
import { isSameJson } from '../../model/same-json';
import type { OldHandler } from '../old-api-rule';
import { extAuthNote, unnamedExtAuth } from './ext-auth';
import { accessHandler } from './handlers/all-handlers';
import type { TranslatedAccess } from './handlers/handler';
import { translateIstioJwt } from './handlers/jwt-istio';
import { listed, manual, note } from './rule-notes';
import type { TranslateSettings } from './settings';

interface TranslatedStrategy extends TranslatedAccess {
  readonly name: string;
}

/** The strategy of a rule that has the new form already; only its issuers may change. */
export function keepAccess(newForm: JsonObject, settings: TranslateSettings): TranslatedAccess {
  const { jwt, extAuth } = newForm;
  if (isJsonObject(jwt)) return translateIstioJwt(jwt, settings);
  return extAuth === undefined ? translateAccess([{ handler: 'no_auth', config: {} }], settings) : { access: { extAuth }, notes: [] };
}

/** Translates the access strategies of a rule, which were alternatives, into the one that APIRule v2 takes. */
export function translateAccess(strategies: readonly OldHandler[], settings: TranslateSettings): TranslatedAccess {
  const translated = strategies.map(({ handler, config }): TranslatedStrategy => {
    const known = accessHandler(handler);
    return { name: handler, ...(known ? known.translate(config, settings) : unknownHandler(handler)) };
  });
  const unknown = translated.filter(({ name }) => !accessHandler(name));
  if (unknown.length > 0) return { notes: unknown.flatMap(({ notes }) => notes) };
  const admitting = translated.filter(({ access }) => access !== 'refuse');
  const [only, ...others] = admitting;
  if (!only) return { access: 'refuse', notes: [] };
  if (others.length === 0) return only;
  const open = admitting.find(({ access }) => isOpen(access));
  if (open) return besideOpen(open, admitting);
  const notes = admitting.flatMap((strategy) => strategy.notes);
  if (admitting.some(({ access }) => access === undefined)) return { notes };
  const merged = mergeSecure(admitting.map(({ access }) => access as JsonObject));
  return merged ? { access: merged, notes } : { access: unnamedExtAuth, notes: [severalNote(admitting)] };
}

function unknownHandler(name: string): TranslatedAccess {
  const message = `the handler ${JSON.stringify(name)} is unknown, so it is not clear whom the rule let in`;
  return { notes: [manual('migrate-handler', message, 'Correct the name of the handler, or write the rule for APIRule v2 by hand.')] };
}

function isOpen(access: TranslatedAccess['access']): boolean {
  return isJsonObject(access) && access['noAuth'] === true;
}

function besideOpen(open: TranslatedStrategy, all: readonly TranslatedStrategy[]): TranslatedAccess {
  const others = all.filter(({ access }) => !isOpen(access)).map(({ name }) => name);
  if (others.length === 0) return open;
  const message = `${open.name} stands beside ${listed(others)}, and one strategy that lets a call in was enough, so the rule asked nobody for a token, and still does not`;
  return {
    access: { noAuth: true },
    notes: [
      note(
        'migrate-strategies',
        'open',
        message,
        `Take ${open.name} out of the old rule if it is meant to be protected, and migrate again.`,
      ),
    ],
  };
}

/** One strategy for several that ask for a token; `undefined` when APIRule v2 has none that admits exactly the same. */
function mergeSecure(accesses: readonly JsonObject[]): JsonObject | undefined {
  const [first, ...others] = accesses;
  if (!first) return undefined;
  if (others.every((access) => isSameJson(access, first))) return first;
  const jwts = accesses.map((access) => objectAt(access, 'jwt'));
  const authorizations = jwts.map(({ authorizations: value }) => value ?? []);
  if (
    jwts.some((jwt) => jwt['authentications'] === undefined) ||
    !authorizations.every((value) => isSameJson(value, authorizations[0] ?? []))
  )
    return undefined;
  const authentications = jwts.flatMap((jwt) => listAt(jwt, 'authentications'));
  const places = authentications.map((entry) => (isJsonObject(entry) ? [entry['fromHeaders'], entry['fromParams']] : []));
  // Places of one issuer may not differ, and headers and parameters may not be mixed.
  if (!places.every((place) => JSON.stringify(place) === JSON.stringify(places[0]))) return undefined;
  return { jwt: { ...jwts[0], authentications } };
}

function severalNote(all: readonly TranslatedStrategy[]): ReturnType<typeof extAuthNote> {
  const names = all.map(({ name }) => name);
  return extAuthNote(
    `${listed(names)} were alternatives, each with its own conditions, and APIRule v2 has one strategy for a rule`,
    'Give the callers of each strategy a path of their own and write a rule for each, or run an authorizer that knows all of them.',
    'migrate-strategies',
  );
}
