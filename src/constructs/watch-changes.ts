import type { ApiObject } from 'cdk8s';

const metadataChanges = ['addLabel', 'addAnnotation', 'addFinalizers', 'addOwnerReference', 'add'] as const;

/**
 * Counts what changes the manifest of an object after its construction: patches and metadata.
 * @returns the count; undefined when the object holds values that are made anew each time it is written (`Lazy`), so that no count tells
 */
export function watchChanges(object: ApiObject): () => number | undefined {
  let changes = 0;
  const watch = (target: object, method: string): void => {
    const original: unknown = Reflect.get(target, method);
    if (typeof original !== 'function') return;
    const value = (...args: unknown[]): unknown => {
      changes += 1;
      return Reflect.apply(original, target, args);
    };
    Object.defineProperty(target, method, { value, configurable: true, writable: true });
  };
  watch(object, 'addJsonPatch');
  for (const method of metadataChanges) watch(object.metadata, method);
  const isFixed = isPlain(Reflect.get(object, 'props'));
  return () => (isFixed ? changes : undefined);
}

function isPlain(value: unknown): boolean {
  if (value === null || value === undefined) return value === null;
  if (typeof value !== 'object') return typeof value !== 'function';
  if (Array.isArray(value)) return value.every(isPlain);
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) &&
    Object.values(value).every((member) => member === undefined || isPlain(member))
  );
}
