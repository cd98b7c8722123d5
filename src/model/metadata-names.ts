import { isObjectName } from './names';

const namePart = /^[A-Za-z0-9](?:[-._A-Za-z0-9]*[A-Za-z0-9])?$/;

/**
 * True for the key of a label or an annotation: a name of at most 63 characters, perhaps with a DNS name and `/` in front.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
 */
export function isMetadataKey(key: string): boolean {
  const parts = key.split('/');
  const name = parts.at(-1) ?? '';
  const [prefix] = parts;
  if (parts.length > 2 || name.length > 63 || !namePart.test(name)) return false;
  return parts.length === 1 || isObjectName(prefix ?? '');
}

/** True for the value of a label: empty, or like a name of at most 63 characters. */
export function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= 63 && namePart.test(value));
}
