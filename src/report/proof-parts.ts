/** What the proof of a migration may list, in the order of a report: member of `data.proof[]`, and what it says. */
export const proofParts = [
  ['opened', 'let in now'],
  ['widened', 'let in now, as it was asked for'],
  ['preflight', 'let in now with OPTIONS beside other methods, so that the gateway answers preflights'],
  ['closed', 'no longer let in'],
  ['odd', 'no longer let in, for paths with brackets or a lone percent sign'],
  ['moved', 'let in by another Service'],
  ['delegated', 'decided by an external authorizer'],
] as const;

/** The same as the beginning of a sentence. */
export function proofTitle(what: string): string {
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}`;
}
