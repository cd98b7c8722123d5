const hidden = '[redacted]';

/** A value that must not be seen. Printing, logging, joining and serializing it give `[redacted]`; only `reveal` gives the value. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it where the request is built and nowhere else. */
  reveal(): string {
    return this.#value;
  }

  /** True when both hold the same value: tells whether a mounted secret was rotated. */
  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return hidden;
  }

  toJSON(): string {
    return hidden;
  }

  [Symbol.toPrimitive](): string {
    return hidden;
  }

  /** What `console.log` and `util.inspect` show. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return hidden;
  }
}
