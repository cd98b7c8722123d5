import type { JsonObject } from '../../model/json';

/** Results of reading, which are no rules: nothing can be selected or suppressed about them. */
const reading: Readonly<Record<string, string>> = {
  'manifest-syntax': 'a document cannot be read',
  'file-unreadable': 'a file that a folder holds cannot be read',
  'chart-not-rendered': 'templates of a Helm chart are checked only when they are rendered',
  'file-not-a-manifest': 'a file belongs to kustomize or describes a chart',
  'kind-not-checked': 'no rule looks at objects of these kinds; they are counted',
};

/** What is to be said of the id of a result that is no rule of `validate`; undefined when nothing reports it. */
export async function describeOther(id: string): Promise<{ readonly text: string; readonly data: JsonObject } | undefined> {
  const said = reading[id];
  if (said !== undefined) {
    const docs = 'docs/checks.md#other-results';
    return { text: `${id}: ${said}. It is no rule: see ${docs}\n`, data: { id, why: said, docs } };
  }
  const { explainReference } = await import('../../explain/explain.js');
  const check = explainReference().find((candidate) => candidate.id === id);
  if (!check) return undefined;
  const { severity, title, why, fix, docs } = check;
  return { text: `${id} (${severity}, kyma-guard explain)\n${title}.\n\nWhy: ${why}\nFix: ${fix}\nSee: ${docs}\n`, data: { ...check } };
}
