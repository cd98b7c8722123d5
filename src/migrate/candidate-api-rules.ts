import type { CheckResult } from '../model/check-result';
import { clusterProblemResult } from '../model/cluster-problem';
import { groupBy } from '../model/group-by';
import type { Manifest } from '../model/manifest';
import { namespaceOf, objectRef, whereOf } from '../model/object-ref';
import { isApiRule } from '../model/read-api-rules';
import { differingParts } from './input/compare-live';
import { remark, type ManualId } from './input/manual-work';
import type { MigrationInput } from './input/read-input';
import { servicesNamed } from './input/services-named';
import type { OldApiRule } from './old-api-rule';
import { isOldApiRule, readOldApiRule } from './read/read-old-api-rule';

/** An old APIRule and every place where it stands. */
export interface Candidate {
  readonly old: OldApiRule;
  /** The same object in other places of the trees. */
  readonly twins: readonly OldApiRule[];
  /** True when only the dump of the cluster holds it. */
  readonly isLiveOnly: boolean;
  /** Why it must not be migrated as it stands. */
  readonly held?: { readonly id: ManualId; readonly message: string; readonly fix: string };
}

/** The old APIRules of an input, joined by namespace and name. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly remarks: readonly CheckResult[];
  /** What keeps one of them from being read, or from being one. */
  readonly problems: readonly CheckResult[];
  /** One object that says two things: nobody knows which of them is meant. */
  readonly contradictions: readonly CheckResult[];
}

interface Read {
  readonly manifest: Manifest;
  readonly apiRule?: OldApiRule;
}

/** Reads every old APIRule of trees and cluster. One object in several places must be the same everywhere. */
export function findCandidates(input: MigrationInput): Candidates {
  const git = input.sources.flatMap(({ manifests }) => manifests);
  const problems: CheckResult[] = [];
  const read = (manifest: Manifest): Read => {
    const { apiRule, problems: own } = readOldApiRule(manifest);
    problems.push(...own);
    return { manifest, ...(apiRule && { apiRule }) };
  };
  const byRef = groupBy(git.filter(isOldApiRule).map(read), ({ manifest }) => refOf(manifest));
  const live = new Map(input.live.filter(isApiRule).map((manifest) => [refOf(manifest), manifest]));
  const remarks: CheckResult[] = [];
  const contradictions: CheckResult[] = [];
  const unread = [...input.unfinished, ...[...byRef.values()].flat().flatMap(({ manifest, apiRule }) => (apiRule ? [] : manifest))];
  const renewed = groupBy(
    git.filter((manifest) => isApiRule(manifest) && !isOldApiRule(manifest)),
    refOf,
  );
  const candidates = [...byRef].flatMap(([ref, all]) => {
    const [first, ...twins] = all.flatMap(({ apiRule }) => apiRule ?? []);
    if (!first) return [];
    contradictions.push(...twins.filter((twin) => differingParts(first, twin).length > 0).map((twin) => twiceProblem(first, twin)));
    remarks.push(...twinRemarks(first, twins), ...liveRemarks(first, live.get(ref), input));
    return [candidate(first, twins, { input, unread, renewed: renewed.get(ref) ?? [] })];
  });
  const known = new Set(git.filter(isApiRule).map(refOf));
  const liveOnly = input.live.filter((manifest) => isOldApiRule(manifest) && !known.has(refOf(manifest))).map(read);
  return {
    candidates: [...candidates, ...liveOnly.flatMap(({ apiRule }) => (apiRule ? [{ old: apiRule, twins: [], isLiveOnly: true }] : []))],
    remarks,
    problems,
    contradictions,
  };
}

function refOf(manifest: Manifest): string {
  return `${namespaceOf(manifest)}/${manifest.name}`;
}

interface Beside {
  readonly input: MigrationInput;
  /** What was to be an old APIRule and could not be read. */
  readonly unread: readonly Manifest[];
  /** The same object, in version 2 already. */
  readonly renewed: readonly Manifest[];
}

function candidate(old: OldApiRule, twins: readonly OldApiRule[], { input: { held }, unread, renewed }: Beside): Candidate {
  const own = [old, ...twins].map(({ manifest }) => held.get(manifest)).find((reason) => reason !== undefined);
  const shared = unread.find((manifest) => servicesNamed(manifest).some((service) => servicesNamed(old.manifest).includes(service)));
  const reason = own ?? renewed.map(isNewBeside)[0] ?? (shared && sharesWith(shared));
  return { old, twins, isLiveOnly: false, ...(reason && { held: reason }) };
}

/** Which of the two is applied last decides who may call, so that no new form of the old one may stand beside the other. */
function isNewBeside(other: Manifest): NonNullable<Candidate['held']> {
  return {
    id: 'migrate-new-beside',
    message: `it stands in version 2 at ${other.file}:${other.locate([]).line} already, and the two need not say the same`,
    fix: 'Compare the two: remove this document if the other one has taken its place, else remove the other one, and migrate again.',
  };
}

function sharesWith(other: Manifest): Candidate['held'] {
  const where = `${other.file}:${other.locate([]).line}`;
  return {
    id: 'migrate-together',
    message: `${objectRef(other)} at ${where} leads to the same workload and cannot be read; APIRules of one workload migrate together`,
    fix: 'Correct that APIRule, or fill in its placeholders, and migrate both.',
  };
}

function twiceProblem({ manifest: first }: OldApiRule, { manifest: second }: OldApiRule): CheckResult {
  const places = [first, second].map((manifest) => `${manifest.file}:${manifest.locate([]).line}`);
  return clusterProblemResult({
    id: 'manifest-duplicate',
    manifest: second,
    path: [],
    message: `${objectRef(second)} is in the input twice and says two things: ${places.join(' and ')}`,
    fix: 'Remove one of the two, or migrate one cluster at a time.',
  });
}

function twinRemarks(first: OldApiRule, twins: readonly OldApiRule[]): CheckResult[] {
  return twins.map(({ manifest }) =>
    remark(
      'migrate-same-twice',
      whereOf(manifest),
      `it stands at ${first.manifest.file}:${first.manifest.locate([]).line} too and says the same; both are migrated`,
    ),
  );
}

/** What the cluster holds beside the trees. */
function liveRemarks(old: OldApiRule, manifest: Manifest | undefined, { live }: MigrationInput): CheckResult[] {
  const where = whereOf(old.manifest);
  if (live.length === 0) return [];
  if (!manifest) return [remark('migrate-git-only', where, 'it is not in the cluster')];
  if (!isOldApiRule(manifest))
    return [
      remark(
        'migrate-live-done',
        where,
        'the cluster holds it in version 2 already',
        'Compare the migrated form with the one in the cluster before you apply it.',
      ),
    ];
  const { apiRule } = readOldApiRule(manifest);
  const parts = apiRule ? differingParts(old, apiRule) : [];
  if (parts.length === 0) return [];
  const message = `the cluster differs in ${parts.join(', ')}; what is migrated is what stands in Git`;
  return [
    remark('migrate-live-differs', where, message, 'Find out which of the two is meant, and change Git if it is the one of the cluster.'),
  ];
}
