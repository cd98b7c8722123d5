/** An object whose members are there or not, but never undefined. */
export type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the members that are undefined, which an exact optional property does not take. */
export function defined<T extends object>(value: T): Defined<T> {
  // Removing members is what the type says; `fromEntries` cannot know.
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}
