import { groupBy } from '../../../model/group-by';
import type { Manifest } from '../../../model/manifest';
import { namespaceOf } from '../../../model/object-ref';
import { partOf, verificationParts, type VerificationPart } from '../../../model/verification-names';
import type { NamedObject } from '../../names-in-pods';
import type { NamingObject } from '../../naming-objects';
import type { Finding } from '../../rule';

/** A Job of a verification, what it names in vain, and what is there instead. */
export interface MissingParts {
  readonly naming: NamingObject;
  /** ConfigMaps that it names and that are not there. */
  readonly missing: readonly NamedObject[];
  /** Names of the ConfigMaps of the namespace. */
  readonly there: readonly string[];
}

/** What is to be said of the ConfigMaps that synth writes for a verification, and the names that it did not write. */
export function verificationFindings({ naming, missing, there }: MissingParts): {
  readonly found: readonly Finding[];
  readonly others: readonly NamedObject[];
} {
  const { manifest, verification, names: wanted } = naming;
  if (verification === undefined) return { found: [], others: missing };
  const parts = groupBy(missing, ({ name }) => partOf(verification, name) ?? '');
  const found = verificationParts.flatMap((part): Finding[] => {
    const names = parts.get(part) ?? [];
    const [first] = names;
    if (first === undefined) return [];
    const inPlace = there.filter((name) => partOf(verification, name) === part);
    const isPart = inPlace.some((name) => wanted.some((one) => one.name === name));
    const instead = inPlace.length === 0 ? undefined : isPart ? 'a part of them only' : `"${inPlace[0] ?? ''}" of another content`;
    return [{ manifest, path: first.path, ...sayings(part, instead, wordsFor(manifest, names)) }];
  });
  return { found, others: parts.get('') ?? [] };
}

function wordsFor(manifest: Manifest, [first, ...more]: readonly NamedObject[]): string {
  const name = `ConfigMap ${namespaceOf(manifest)}/${first?.name ?? ''}`;
  return more.length === 0 ? `${name} is not` : `${name} and ${more.length} more are not`;
}

/** The verifier changes with the version of kyma-guard only and is often applied apart from the rest; all else is written beside the Job. */
function sayings(part: VerificationPart, instead: string | undefined, missing: string): Pick<Finding, 'message' | 'severity' | 'fix'> {
  const flag = part === 'verifier' ? ' --with-verifier' : '';
  if (instead !== undefined) {
    return {
      severity: 'medium',
      message: `${missing} in the input, which holds ${instead}; no Pod starts without what it names`,
      fix: `Write the verification with one run of synth${flag}, and apply Job and ConfigMaps together.`,
    };
  }
  if (part === 'verifier') {
    return {
      message: `${missing} in the input; synth writes the verifier with --with-verifier only, and no Pod starts before it is in the cluster`,
      fix: 'Apply the verifier beside the Job: run synth with --with-verifier.',
    };
  }
  return {
    severity: 'medium',
    message: `${missing} in the input; synth writes it beside the Job, and no Pod starts without it`,
    fix: 'Add the ConfigMaps of the verification to the input, as synth wrote them.',
  };
}
