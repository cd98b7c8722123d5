import type { Facts } from './answer-facts';
import { publicPathOf, type Endpoint } from './endpoint';
import type { Calibration, Verdict } from './judge';
import { withoutWhatIsOpen } from './likeness';
import type { Attempt } from './probe';

/**
 * Some public paths answer in the form of the protected one, and some workloads repeat nearly the same to every call. Where the rules open the
 * path that an attack is usually read as, a breach must bring what that path does not say by itself, asked for plainly.
 */
export async function unlessPublic(
  verdict: Verdict,
  made: { readonly attempt: Attempt; readonly endpoint: Endpoint; readonly calibration: Calibration },
  ask: (attempt: Attempt) => Promise<{ readonly facts: Facts }>,
  judgeBy: (calibration: Calibration) => Verdict,
): Promise<Verdict> {
  const { attempt, endpoint, calibration } = made;
  const plain = verdict.kind === 'breach' ? plainCall(attempt, endpoint) : undefined;
  if (!plain) return verdict;
  const { facts } = await ask(plain);
  if (facts.kind !== 'answer' || facts.status >= 300) return verdict;
  const again = judgeBy({ ...calibration, ...withoutWhatIsOpen(calibration, facts) });
  return again.kind === 'breach' ? verdict : { kind: 'refused', certain: true, reason: 'what the public path says by itself' };
}

/** The public path without the trick; none where the attack is that very call, or does not lead to a public path. */
function plainCall({ method, path, at, headers, target, credential }: Attempt, endpoint: Endpoint): Attempt | undefined {
  if (path === undefined) return undefined;
  const rules = endpoint.otherHosts?.find(({ host }) => host === at) ?? endpoint;
  const open = publicPathOf(rules, method ?? endpoint.method, path);
  const isPlain = path === open && headers === undefined && target === undefined && credential.kind === 'none';
  if (open === undefined || isPlain) return undefined;
  return {
    ...{ variant: 'the public path itself', credential: { kind: 'none' }, path: open, over: 'bytes' },
    ...(method !== undefined && { method }),
    ...(at !== undefined && { at }),
  };
}
