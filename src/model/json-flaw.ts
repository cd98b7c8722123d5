import { keyOf, stringEnd, type JsonRange } from './scan-json';
import { depthLimit } from './yaml-to-json';

/** What is wrong with valid JSON. */
export interface JsonFlaw {
  readonly offset: number;
  readonly message: string;
}

/** Keys that are compared one by one before a set is made. */
const fewKeys = 12;

/** Looks for a key that an object holds twice and for values nested too deeply, in one pass over text that is known to be JSON. */
export function jsonFlaw(text: string, { start, end }: JsonRange): JsonFlaw | undefined {
  const open: (Keys | undefined)[] = [];
  let isKey = false;
  for (let at = start; at < end; at += 1) {
    const character = text.charCodeAt(at);
    if (character === 0x22) {
      const after = stringEnd(text, at, end);
      const keys = isKey ? open.at(-1) : undefined;
      if (keys && !keys.add(keyOf(text, at, after))) return { offset: at, message: twice(text.slice(at, after)) };
      isKey = false;
      at = after - 1;
    } else if (character === 0x7b || character === 0x5b) {
      isKey = character === 0x7b;
      open.push(isKey ? new Keys() : undefined);
      if (open.length > depthLimit) return { offset: at, message: `values are nested deeper than ${depthLimit} levels` };
    } else if (character === 0x7d || character === 0x5d) {
      open.pop();
      isKey = false;
    } else if (character === 0x2c) isKey = open.at(-1) !== undefined;
  }
  return undefined;
}

/** What is said of a key that an object holds twice. */
export function twice(key: string): string {
  return `the key ${key.slice(0, 80)} is here for the second time; each key of an object is there once`;
}

class Keys {
  private readonly few: string[] = [];
  private many: Set<string> | undefined;

  /** False when the key was there. */
  add(key: string): boolean {
    if (this.many) return this.many.size < this.many.add(key).size;
    if (this.few.includes(key)) return false;
    this.few.push(key);
    if (this.few.length > fewKeys) this.many = new Set(this.few);
    return true;
  }
}
