/** Parameters of a template, as the generator of files makes them. */
export type Parameters = { readonly [name: string]: string | number | boolean | Parameters | readonly string[] };

/**
 * What ApplicationSets need of Go templates, with `missingkey=error`: fields (`.path.filename`) and the function `trimSuffix` of Sprig.
 * @throws {Error} for a field that is not there, and for anything else of the language
 */
export function renderGoTemplate(text: string, parameters: Parameters): string {
  return text.replace(/\{\{-?\s*(.*?)\s*-?\}\}/g, (_, action: string) => {
    const [, suffix, trimmed] = /^trimSuffix "([^"]*)" (\.[\w.]+)$/.exec(action) ?? [];
    if (suffix !== undefined && trimmed !== undefined) {
      const value = fieldOf(trimmed, parameters);
      return value.endsWith(suffix) ? value.slice(0, -suffix.length) : value;
    }
    if (!/^(\.\w+)+$/.test(action)) throw new Error(`this action is not known here: ${action}`);
    return fieldOf(action, parameters);
  });
}

/** The value with every text in it rendered, as ApplicationSets do it field by field; names of members too. */
export function renderFields<T>(value: T, parameters: Parameters): T {
  if (typeof value === 'string') return renderGoTemplate(value, parameters) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => renderFields(item, parameters)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [renderGoTemplate(name, parameters), renderFields<unknown>(inner, parameters)]),
  ) as T;
}

function fieldOf(action: string, parameters: Parameters): string {
  let value: unknown = parameters;
  for (const name of action.slice(1).split('.')) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
    if (value === undefined) throw new Error(`there is no ${action}`);
  }
  return String(value);
}
