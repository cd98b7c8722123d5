/** Every character that the operators of a policy match. */
const known = "letters, digits and - . _ ~ % ! $ & ' ( ) * + , ; : @ =";

/** The first character of a path that no operator of a policy matches; undefined when there is none. */
export function oddCharacter(path: string): string | undefined {
  return /[^a-zA-Z0-9\-._~%!$&'()+,;:@=*/]/u.exec(path)?.[0];
}

/** Why no path operator takes such a path. */
export function oddCharacterText(character: string): string {
  return `{*}, {**} and /* admit only ${known} in a segment, not ${character}`;
}

/** True when a path holds a `%` that begins no escape, which an operator matches in a policy, and not in a route. */
export function hasBarePercent(path: string): boolean {
  return /%(?![0-9a-fA-F]{2})/.test(path);
}

export const barePercentText =
  'these are paths with a % that begins no escape such as %20: {*} and {**} of the rules above do not match it, so that this rule takes them';
