import { isJsonObject, type JsonObject, type JsonPath, type JsonValue } from './json';

/** One value that has another type than its schema says. */
export interface FieldProblem {
  readonly path: JsonPath;
  readonly message: string;
}

/** Reads typed members out of an untyped document and notes what has another type, instead of stopping at the first. */
export class FieldReader {
  constructor(
    private readonly value: JsonValue | undefined,
    readonly path: JsonPath,
    private readonly problems: FieldProblem[],
  ) {}

  /** True when the value is absent or null; the API server treats both alike. */
  get absent(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** True when there is nothing to read: no value, or a list without entries. */
  get isEmpty(): boolean {
    return this.absent || (Array.isArray(this.value) && this.value.length === 0);
  }

  /** True when the value is a text, for members whose type differs between versions. */
  get isText(): boolean {
    return typeof this.value === 'string';
  }

  /** A member; absent when this is no object. */
  at(key: string): FieldReader {
    return new FieldReader(isJsonObject(this.value) ? this.value[key] : undefined, [...this.path, key], this.problems);
  }

  /** Notes a problem with this value, once. */
  problem(message: string): void {
    const noted = notedIn(this.problems);
    const key = `${this.path.join('\0')}\0\0${message}`;
    if (noted.has(key)) return;
    noted.add(key);
    this.problems.push({ path: this.path, message });
  }

  /** A text; `undefined` when absent. */
  text(): string | undefined {
    return this.typed('text', (value) => (typeof value === 'string' ? value : undefined));
  }

  /** A text that must be there; `''` stands for a missing one after the problem is noted. */
  requiredText(): string {
    if (this.absent) this.problem('is missing; give a text');
    return this.text() ?? '';
  }

  /** A whole number; `undefined` when absent. */
  integer(): number | undefined {
    return this.typed('a whole number', (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined));
  }

  /** `true` or `false`; `undefined` when absent. */
  boolean(): boolean | undefined {
    return this.typed('true or false', (value) => (typeof value === 'boolean' ? value : undefined));
  }

  /** An object; `undefined` when absent. @param what what to give instead of another type */
  object(what = 'an object'): JsonObject | undefined {
    return this.typed(what, (value) => (isJsonObject(value) ? value : undefined));
  }

  /** Readers of the entries; empty when absent. */
  list(): FieldReader[] {
    const entries = this.typed('a list', (value) => (Array.isArray(value) ? value : undefined)) ?? [];
    return entries.map((entry, index) => new FieldReader(entry, [...this.path, index], this.problems));
  }

  /** A list of texts; empty when absent. */
  texts(): string[] {
    return this.list().map((entry) => entry.requiredText());
  }

  /** An object whose values are texts; empty when absent. */
  textMap(): Record<string, string> {
    const keys = Object.keys(this.object() ?? {});
    return Object.fromEntries(keys.map((key) => [key, this.at(key).requiredText()]));
  }

  private typed<T>(what: string, read: (value: JsonValue) => T | undefined): T | undefined {
    if (this.value === undefined || this.value === null) return undefined;
    const result = read(this.value);
    if (result === undefined) this.problem(`is ${nameOf(this.value)}; give ${what}`);
    return result;
  }
}

/** What was noted already, by list of problems: there may be a problem in every line of a large file. */
const noted = new WeakMap<FieldProblem[], Set<string>>();

function notedIn(problems: FieldProblem[]): Set<string> {
  const known = noted.get(problems) ?? new Set<string>();
  noted.set(problems, known);
  return known;
}

function nameOf(value: JsonValue): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? 'text' : String(value);
}
