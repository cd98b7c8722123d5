import { BoundedCache } from '../bounded-cache';

/**
 * True when the route of `general` takes every request path that the route of `special` takes, as far as the operators tell: literal segments
 * are compared as texts. False also when it cannot tell.
 */
export function coversPath(general: string, special: string): boolean {
  const [outer, inner] = [segmentsOf(general), segmentsOf(special)];
  const many = outer.indexOf('{**}');
  if (many < 0) return outer.length === inner.length && outer.every((segment, index) => covers(segment, inner[index]));
  const tail = outer.slice(many + 1);
  // `{**}` stands between two slashes, so it takes one segment at least, and that one may be empty.
  if (inner.length < outer.length) return false;
  return (
    outer.slice(0, many).every((segment, index) => covers(segment, inner[index])) &&
    tail.every((segment, index) => covers(segment, inner[inner.length - tail.length + index]))
  );
}

/** Rules are compared two by two, so each path is asked for as often as there are rules. */
const segments = new BoundedCache<readonly string[]>();

function segmentsOf(path: string): readonly string[] {
  return segments.get(path, () => (path === '/*' ? '/{**}' : path).slice(1).split('/'));
}

function covers(outer: string, inner: string | undefined): boolean {
  return outer === inner || (outer === '{*}' && inner !== undefined && inner !== '' && inner !== '{**}');
}
