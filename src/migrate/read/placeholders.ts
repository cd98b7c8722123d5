import { isJsonObject, type JsonPath, type JsonValue } from '../../model/json';
import { placeholderIn } from '../../model/syntax-problem';

/** A part of a manifest that another program fills in. */
export interface FoundPlaceholder {
  /** As it stands there, cut to 60 characters. */
  readonly text: string;
  readonly path: JsonPath;
}

/** `$(NAME)` of Kustomize variables and of the environment of a container. */
const variable = /\$\([A-Za-z_]\w{0,59}\)/;

/** Placeholders of Helm (`{{ … }}`), envsubst (`${X}`) and Kustomize (`$(X)`) in the texts of a value, in its order. */
export function findPlaceholders(value: JsonValue | undefined, path: JsonPath): FoundPlaceholder[] {
  if (typeof value === 'string') {
    const text = placeholderIn(value)?.text ?? variable.exec(value)?.[0];
    return text === undefined ? [] : [{ text, path }];
  }
  if (Array.isArray(value)) return value.flatMap((entry, index) => findPlaceholders(entry, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    // The values that a mutator sets are templates of Oathkeeper, in the same braces.
    key === 'mutators' ? [] : findPlaceholders(member, [...path, key]),
  );
}
