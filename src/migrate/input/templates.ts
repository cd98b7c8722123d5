import type { CheckResult } from '../../model/check-result';
import type { DocumentRange } from '../../model/split-documents';
import { splitDocuments } from '../../model/split-documents';
import { manualWork } from './manual-work';
import { placeholderFix, placeholderInText } from './placeholders';

const oldVersion = /^[ \t-]*["']?apiVersion["']?[ \t]*:[ \t]*["']?gateway\.kyma-project\.io\/(v1alpha1|v1beta1)\b/m;
const oldBody = /^[ \t-]*["']?(?:accessStrategies|jwks_urls|trusted_issuers)["']?[ \t]*:/m;
const apiRuleKind = /^[ \t-]*["']?kind["']?[ \t]*:[ \t]*["']?APIRule\b/m;

/** Where a text that cannot be read as it is holds an old APIRule: line within the text, from 1, and what was seen. */
export function oldApiRuleIn(text: string): { readonly line: number; readonly sight: string } | undefined {
  if (!apiRuleKind.test(text)) return undefined;
  const found = oldVersion.exec(text) ?? oldBody.exec(text);
  if (!found) return undefined;
  const at = found.index;
  return { line: text.slice(0, at).split('\n').length, sight: found[1] === undefined ? 'rules of an old version' : `version ${found[1]}` };
}

/** One piece of work for each document of a template that makes an old APIRule. */
export function templateResults(file: string, text: string, chart: string): CheckResult[] {
  return [...splitDocuments(text)].flatMap((range) =>
    templateResult(
      file,
      text,
      range,
      `Render the chart, migrate what it gives, and carry the new spec into the template: helm template ${chart} | kyma-guard migrate -`,
    ),
  );
}

/** The work for one document that holds placeholders and cannot be read before they are filled in; nothing when it makes no old APIRule. */
export function templateResult(file: string, text: string, { start, end, line }: DocumentRange, fix?: string): CheckResult[] {
  const own = text.slice(start, end);
  const found = oldApiRuleIn(own);
  if (!found) return [];
  const placeholder = placeholderInText(own);
  return [
    manualWork(
      'migrate-template',
      { file, line: line + found.line - 1 },
      `a template of an APIRule with ${found.sight}${placeholder ? `, which holds ${placeholder.text}` : ''}; it is left as it is`,
      fix ?? placeholderFix[placeholder?.kind ?? 'template'],
    ),
  ];
}
