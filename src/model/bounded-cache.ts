/** Remembers what was made for a text, for about as many texts as are needed again soon; bounds the memory of long runs. */
export class BoundedCache<T> {
  private readonly made = new Map<string, T>();

  /** @param limit most texts that are remembered; then all are forgotten. @default 1000 */
  constructor(private readonly limit = 1_000) {}

  /** What stands for the text; made when it is asked for first. */
  get(text: string, make: () => T): T {
    const known = this.made.get(text);
    if (known !== undefined || this.made.has(text)) return known as T;
    if (this.made.size >= this.limit) this.made.clear();
    const value = make();
    this.made.set(text, value);
    return value;
  }
}
