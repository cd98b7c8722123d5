import type { Note, NoteEffect } from '../translation';
import type { NoteId } from './note-titles';

/** A note about one rule, before anybody says which. */
export type RuleNote = Omit<Note, 'rule' | 'place'> & {
  readonly id: NoteId;
  /**
   * True for work that is left to the user although the APIRule can be written, because nothing opens before it is done.
   * @default - a note of effect `manual` keeps the APIRule from being written
   */
  readonly isWritten?: true;
};

/** A note, and the index of the old rule that it speaks of. */
export type PlacedNote = RuleNote & { readonly rule: number };

/** A note that needs no work of the reader. */
export function note(id: NoteId, effect: Exclude<NoteEffect, 'manual'>, message: string, fix?: string): RuleNote {
  return { id, effect, message, ...(fix !== undefined && { fix }) };
}

/** Work that is left to the user. */
export function manual(id: NoteId, message: string, fix: string): RuleNote {
  return { id, effect: 'manual', message, fix };
}

/** Work that is left to the user, and that can wait: until it is done the migrated APIRule opens nothing. */
export function manualLater(id: NoteId, message: string, fix: string): RuleNote {
  return { ...manual(id, message, fix), isWritten: true };
}

/** True for work without which the APIRule cannot be written. */
export function isInTheWay({ effect, isWritten }: RuleNote): boolean {
  return effect === 'manual' && isWritten !== true;
}

/** Texts in quotes, as a list in a sentence; more than ten are counted. */
export function quoted(texts: readonly string[]): string {
  const shown = texts.slice(0, 10).map((text) => JSON.stringify(text));
  return texts.length > shown.length ? `${shown.join(', ')} and ${texts.length - shown.length} more` : listed(shown);
}

/** Words as a list in a sentence. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
