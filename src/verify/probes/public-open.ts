import type { Probe } from '../probe';

/** A rule that is public by intent is only asked whether it opens. */
export const publicOpen: Pick<Probe, 'id' | 'title' | 'severity' | 'breach' | 'fix' | 'refs'> = {
  id: 'public-open',
  title: 'A public path opens without a token',
  severity: 'medium',
  breach: 'A path that the manifest makes public asks for a token or is not there.',
  fix: 'Look for another policy on the workload, and for an earlier rule or APIRule that takes the path.',
  refs: ['RFC 9110 section 15.5'],
};
