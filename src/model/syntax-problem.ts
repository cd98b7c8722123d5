import { checkResult, type CheckResult } from './check-result';
import type { Position } from './manifest';

/** The result for a document that is no manifest. */
export function syntaxProblem(
  file: string,
  position: Position,
  message: string,
  fix = 'Correct the document; kubectl would refuse it too.',
): CheckResult {
  return checkResult({
    id: 'manifest-syntax',
    status: 'fail',
    severity: 'high',
    title: 'Every document is a Kubernetes manifest',
    message,
    fix,
    where: { file, ...position },
  });
}

/** A part of a text that another program has to replace before the text is a manifest. */
export interface Placeholder {
  /** As it stands there, cut to 60 characters. */
  readonly text: string;
  readonly offset: number;
  readonly kind: 'template' | 'variable';
}

/** The first `{{ … }}` of a text, or the first `${NAME}` if there is none. */
export function placeholderIn(text: string): Placeholder | undefined {
  const template = text.indexOf('{{');
  if (template >= 0) {
    const line = /^[^\r\n]{0,60}/.exec(text.slice(template, template + 60))?.[0] ?? '';
    const end = line.indexOf('}}');
    return { text: end < 0 ? line : line.slice(0, end + 2), offset: template, kind: 'template' };
  }
  const variable = /\$\{\w{1,60}[^}\r\n]{0,60}\}/.exec(text);
  return variable ? { text: variable[0].slice(0, 60), offset: variable.index, kind: 'variable' } : undefined;
}

/** What to do about a placeholder that keeps a document from being read. */
export function placeholderAdvice({ text, kind }: Placeholder, line: number): { message: string; fix: string } {
  return kind === 'template'
    ? {
        message: `line ${line} holds ${text}: a template is no manifest before it is rendered`,
        fix: 'Render the template first: helm template … | kyma-guard validate -',
      }
    : {
        message: `line ${line} holds ${text}: a placeholder has to be filled in first`,
        fix: 'Fill in the placeholders first: envsubst < FILE | kyma-guard validate -',
      };
}
