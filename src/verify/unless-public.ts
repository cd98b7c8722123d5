import type { AnswerFacts, Facts } from './answer-facts';
import { publicPathOf, type Endpoint } from './endpoint';
import type { Calibration } from './calibration';
import type { Verdict } from './judge';
import { withoutWhatIsOpen } from './likeness';
import { patientAsk } from './patient-ask';
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
  const less = isSame(plain, attempt)
    ? withoutForm(calibration)
    : withoutOpen(calibration, (await patientAsk(() => ask(plain), isOpen)).facts);
  if (!less) return verdict;
  const again = judgeBy(less);
  return again.kind === 'breach' ? verdict : { kind: 'refused', certain: true, reason: 'what the public path says by itself' };
}

/** Structure alone says nothing about a public path: others of the workload may have it, too. */
function withoutForm(calibration: Calibration): Calibration {
  return { ...calibration, content: { leaves: calibration.content.leaves, keys: new Set() } };
}

function withoutOpen(calibration: Calibration, facts: Facts): Calibration | undefined {
  return isOpen(facts) ? { ...calibration, ...withoutWhatIsOpen(calibration, facts) } : undefined;
}

function isOpen(facts: Facts): facts is AnswerFacts {
  return facts.kind === 'answer' && facts.status < 300;
}

/** True when there is no trick: the attack is the call of the public path. */
function isSame(plain: Attempt, { path, headers, target, credential }: Attempt): boolean {
  return path === plain.path && headers === undefined && target === undefined && credential.kind === 'none';
}

/** The public path without the trick; none where the attack does not lead to a public path. */
export function plainCall({ method, path, at }: Attempt, endpoint: Endpoint): Attempt | undefined {
  if (path === undefined) return undefined;
  const rules = endpoint.otherHosts?.find(({ host }) => host === at) ?? endpoint;
  const open = publicPathOf(rules, method ?? endpoint.method, path);
  if (open === undefined || isNearly(open, endpoint)) return undefined;
  return {
    ...{ variant: 'the public path itself', credential: { kind: 'none' }, path: open, over: 'bytes' },
    ...(method !== undefined && { method }),
    ...(at !== undefined && { at }),
  };
}

/** A catch-all takes other spellings of the protected path for its own: what comes from there is no content for everybody. */
function isNearly(path: string, { samplePath, publicPaths = [] }: Endpoint): boolean {
  return !publicPaths.includes(path) && path.toLowerCase().includes(samplePath.toLowerCase());
}
