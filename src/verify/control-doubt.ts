import type { Facts } from './answer-facts';
import { describeAnswer, troubleFix } from './describe-answer';
import type { Hints } from './endpoint';
import type { Calibration, Control } from './calibration';

/** Why a control proves nothing, and what can be done. */
export interface ControlDoubt {
  readonly sentence: string;
  readonly fix: string;
}

const hintPlace = 'annotation kyma-guard/probe, or the file of --expect';
const usualFix = 'Check credentials, scopes and audiences, the sample path, and that the APIRule is Ready.';

/** Puts a control that proves nothing into words. @param hints of the endpoint, where they are known */
export function controlDoubt(calibration: Calibration, hints: Hints = {}): ControlDoubt {
  const sentence = sentences[calibration.control](calibration, hints);
  return { sentence, fix: fixes[calibration.control]?.(calibration) ?? usualFix };
}

const sentences: Readonly<Record<Control, (calibration: Calibration, hints: Hints) => string>> = {
  proven: () => 'the control held',
  open: () => 'the good token gets what everybody gets',
  refused: () => 'the control failed: the good token was refused',
  unmarked: (_, { marker }) => `the control failed: the good answer lacks the marker${quoted(marker)} of the hints (${hintPlace})`,
  unexpected: ({ good }, { status }) =>
    `the control failed: the good answer has status ${good[0]?.status ?? 'none'}, the hints (${hintPlace}) say ${status ?? 'another'}`,
  indistinct: () => 'the good answer cannot be told from that of an unknown path; give a marker or another sample path',
  uncompared: ({ trouble }) =>
    `the good answer cannot be told from what everybody gets: another call got none${trouble ? ` (${describeAnswer(trouble)})` : ''}`,
  broken: ({ trouble }) => `the control failed: no usable answer to the good token${trouble ? ` (${describeAnswer(trouble)})` : ''}`,
  missing: () => 'the control is missing: there is no good token',
};

const fixes: Readonly<Partial<Record<Control, (calibration: Calibration) => string | undefined>>> = {
  unmarked: () => 'Correct probe.marker: a text that stands in the good answer and in no other; or correct the sample path and query.',
  unexpected: () => 'Correct probe.status to what a good call gets, or the sample path, query and body that it is called with.',
  refused: malformedFix,
  indistinct: (calibration) =>
    malformedFix(calibration) ?? 'Give probe.marker, a text that only the good answer holds, or another sample path.',
  uncompared: ({ trouble }) => trouble && troubleFix(trouble),
  broken: ({ trouble }) => trouble && troubleFix(trouble),
  missing: ({ none }) => (isTrouble(none) ? troubleFix(none) : undefined),
};

/** Before some workloads look for a token they look whether the call is well-formed. */
function malformedFix({ good }: Calibration): string | undefined {
  return [400, 415, 422].includes(good[0]?.status ?? 0)
    ? 'The call itself may be malformed: give probe.body, probe.query or probe.path as a good call has them.'
    : undefined;
}

/** True when nothing was answered, or only that something is broken. */
function isTrouble(facts: Facts): boolean {
  return facts.kind === 'failure' || facts.status >= 500;
}

function quoted(marker: string | undefined): string {
  return marker === undefined ? '' : ` ${JSON.stringify(marker)}`;
}
