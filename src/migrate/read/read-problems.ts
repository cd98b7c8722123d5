import type { CheckResult } from '../../model/check-result';
import type { FieldProblem } from '../../model/field-reader';
import { formatJsonPath, type JsonPath } from '../../model/json';
import type { Manifest } from '../../model/manifest';
import { objectRef, whereOf } from '../../model/object-ref';
import type { OldApiRule } from '../old-api-rule';
import { annotationPath, oldSpecAnnotation, originAnnotation } from './annotations';
import type { FoundPlaceholder } from './placeholders';
import { migrateResult } from '../migrate-result';

type FoundIn = OldApiRule['foundIn'];

/** The annotation of a live object that cannot be read. */
export function annotationProblem(manifest: Manifest, flaw: string): CheckResult {
  return migrateResult({
    id: 'migrate-annotation',
    status: 'fail',
    severity: 'high',
    title: 'The old spec in the annotation of a live APIRule is readable',
    message: `${objectRef(manifest)} has its old spec in the annotation ${oldSpecAnnotation}, and that text ${flaw}`,
    fix: 'Read the object from the cluster again, whole: kubectl get apirules.v2.gateway.kyma-project.io NAME -o yaml.',
    where: whereOf(manifest, annotationPath),
  });
}

/** A spec and an annotation that say two things. @param member of the spec */
export function contradictionProblem(manifest: Manifest, member: string): CheckResult {
  return migrateResult({
    id: 'migrate-annotation',
    status: 'fail',
    severity: 'high',
    title: 'The old spec in the annotation of an APIRule says what the spec says',
    message: `${objectRef(manifest)} says one thing in spec.${member} and another one in the annotation ${oldSpecAnnotation}, so nobody knows which of the two is meant`,
    fix: `Remove the annotations ${originAnnotation} and ${oldSpecAnnotation} if the spec is meant, and spec.${member} if the annotation is.`,
    where: whereOf(manifest, ['spec', member]),
  });
}

/** A value of another type than an older version takes. */
export function formProblem(manifest: Manifest, { path, message }: FieldProblem, foundIn: FoundIn): CheckResult {
  return migrateResult({
    id: 'migrate-form',
    status: 'fail',
    severity: 'high',
    title: 'An old APIRule has the form of its version',
    message: `${inAnnotation(foundIn)}${formatJsonPath(path)} ${message}`,
    fix: 'Correct it, or rewrite the APIRule for v2 by hand.',
    where: placeOf(manifest, path, foundIn),
  });
}

/** A part that another program fills in: what it stands for decides what the APIRule means. */
export function placeholderProblem(manifest: Manifest, { text, path }: FoundPlaceholder, foundIn: FoundIn): CheckResult {
  return migrateResult({
    id: 'migrate-placeholder',
    status: 'fail',
    severity: 'medium',
    title: 'An old APIRule is filled in before it is migrated',
    message: `${inAnnotation(foundIn)}${formatJsonPath(path)} holds the placeholder ${text}; the document stays as it is`,
    fix: 'Migrate the rendered output, and write the result into the template by hand.',
    where: placeOf(manifest, path, foundIn),
  });
}

function inAnnotation(foundIn: FoundIn): string {
  return foundIn === 'annotation' ? `in the annotation ${oldSpecAnnotation}: ` : '';
}

function placeOf(manifest: Manifest, path: JsonPath, foundIn: FoundIn): CheckResult['where'] {
  return whereOf(manifest, foundIn === 'annotation' && path[0] === 'spec' ? annotationPath : path);
}
