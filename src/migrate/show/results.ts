import type { CheckResult, Severity } from '../../model/check-result';
import { whereOf } from '../../model/object-ref';
import type { MigratedGroup } from '../migrate-groups';
import type { OldApiRule } from '../old-api-rule';
import type { RequestClass } from '../prove/prove';
import { noteTitles } from '../translate/note-titles';
import type { Note, NoteEffect, Translation } from '../translation';
import { titleOf } from '../input/manual-work';
import { describeCaller } from '../../model/search/describe-caller';
import { planWarningTitles } from '../plan/plan-warning-titles';
import { refOf } from '../plan/workload-group';
import { migrateResult } from '../migrate-result';

/** What the report says of a group: the notes of its APIRules, what its plan warns of, and what the proof shows. */
export function groupResults(group: MigratedGroup, refused: readonly OldApiRule[]): CheckResult[] {
  const { translations } = group.group;
  const [first] = translations;
  if (!first) return [];
  return [
    ...translations.flatMap((translation) => translation.notes.map((note) => noteResult(translation, note))),
    ...refused.map(placeResult),
    ...togetherResults(group, refused),
    ...group.plan.warnings.map(({ id, severity, message, fix }) =>
      migrateResult({ id, status: 'warn', severity, title: planWarningTitles[id], message, fix, where: whereOf(first.old.manifest) }),
    ),
    ...proofResults(group, first.old),
  ];
}

const severities: Readonly<Record<NoteEffect, Severity>> = {
  manual: 'medium',
  lost: 'medium',
  open: 'low',
  stricter: 'low',
  changed: 'info',
};

function noteResult({ old }: Translation, { id, effect, message, fix, place }: Note): CheckResult {
  return migrateResult({
    id,
    status: effect === 'manual' ? 'fail' : 'warn',
    severity: severities[effect],
    title: (noteTitles as Readonly<Record<string, string>>)[id] ?? titleOf(id),
    message,
    ...(fix !== undefined && { fix }),
    where: whereOf(old.manifest, place),
  });
}

function placeResult({ manifest }: OldApiRule): CheckResult {
  return migrateResult({
    id: 'migrate-place',
    status: 'fail',
    severity: 'medium',
    title: titleOf('migrate-place'),
    message: 'its text has a form in which nothing can be put in the place of the old spec without touching something else',
    fix: 'Write the document in block style without aliases around the APIRule, or take its new form from the report.',
    where: whereOf(manifest),
  });
}

/** APIRules that could be migrated and are not, because another one of their workload cannot. */
function togetherResults({ group, plan, proof, isWritten }: MigratedGroup, refused: readonly OldApiRule[]): CheckResult[] {
  const blocking = new Set([...plan.blockedBy, ...refused.map(refOf)]);
  if (blocking.size === 0 || (isWritten && refused.length === 0) || (proof && blocking.size === 0)) return [];
  return group.translations
    .filter(({ old }) => !blocking.has(refOf(old)))
    .map(({ old }) =>
      migrateResult({
        id: 'migrate-together',
        status: 'fail',
        severity: 'medium',
        title: titleOf('migrate-together'),
        message: `it leads to the same workload as APIRule ${[...blocking].join(', ')}, which cannot be migrated yet; APIRules of one workload migrate together, so it is left as it is`,
        fix: 'Do what is left by hand there, and migrate again.',
        where: whereOf(old.manifest),
      }),
    );
}

function proofResults({ proof, group }: MigratedGroup, old: OldApiRule): CheckResult[] {
  if (!proof) return [];
  const names = group.translations.map((translation) => refOf(translation.old)).join(', ');
  return [
    ...proof.opened.map((request) => requestResult('migrate-opened', request, old)),
    ...proof.widened.map((request) => requestResult('migrate-widened', request, old)),
    ...proof.closed.map((request) => requestResult('migrate-closed', request, old)),
    ...proof.moved.map((request) => requestResult('migrate-moved', request, old)),
    ...proof.delegated.map((request) => requestResult('migrate-delegated', request, old)),
    ...(proof.complete
      ? []
      : [
          migrateResult({
            id: 'migrate-proof',
            status: 'fail',
            severity: 'medium',
            title: titleOf('migrate-proof'),
            message: `whether the new rules of ${names} open a door cannot be told, so that they are not written: ${proof.open.join('; ')}`,
            fix: 'Add what is missing to the input, or migrate these APIRules by hand.',
            where: whereOf(old.manifest),
          }),
        ]),
  ];
}

const proofTexts = {
  'migrate-opened': [
    'fail',
    'critical',
    'Nothing that was refused is let in',
    'Change the old rules so that no public one overlaps a protected one, and migrate again. Where none does, it is a defect of the translation: report it.',
  ],
  'migrate-widened': ['warn', 'medium', 'Only what was named is widened', undefined],
  'migrate-closed': ['warn', 'low', 'What was let in is let in', undefined],
  'migrate-moved': ['warn', 'medium', 'Requests reach the Service that they reached', undefined],
  'migrate-delegated': ['warn', 'medium', 'An authorizer decides what a handler decided', undefined],
} as const satisfies Readonly<Record<string, readonly [CheckResult['status'], Severity, string, string | undefined]>>;

function requestResult(id: keyof typeof proofTexts, request: RequestClass, old: OldApiRule): CheckResult {
  const [status, severity, title, fix] = proofTexts[id];
  const { host, methods, path, caller, before, after } = request;
  return migrateResult({
    ...{ id, status, severity, title },
    message: `${methods.join(', ')} ${host}${path} ${describeCaller(caller)}: before, it ${before}; now it ${after}`,
    ...(fix !== undefined && { fix }),
    where: { ...whereOf(old.manifest), path: `${methods.join(',')} ${host}${path} ${describeCaller(caller)}` },
  });
}
