import { authorizerToName } from '../../model/controller/authorizer-problems';
import type { JsonObject } from '../../model/json';
import type { NoteId } from './note-titles';
import { manualLater, type RuleNote } from './rule-notes';

export { authorizerToName };

/** An `extAuth` strategy without its authorizer. */
export const unnamedExtAuth: JsonObject = { extAuth: { authorizers: [authorizerToName] } };

/**
 * @param what the rule did, as a sentence
 * @param todo what the authorizer has to do, as an imperative sentence
 * @param id what of the rule needs the authorizer. @default its handler
 */
export function extAuthNote(what: string, todo: string, id: NoteId = 'migrate-ext-auth'): RuleNote {
  return manualLater(
    id,
    `${what}; the rule leaves that to an authorizer, whose name is still missing. Until it is one of the mesh, the controller refuses the APIRule: nothing new is opened, and what is in the cluster stays in force`,
    `${todo} Register it under spec.config.authorizers of the Istio resource, and put its name in the place of ${authorizerToName}.`,
  );
}
