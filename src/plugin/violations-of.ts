import type { CheckResult } from '../model/check-result';
import type { KymaGuardError } from '../model/errors';
import { renderPlace } from '../report/details';
import { neutralizeForTerminal } from '../report/neutralize';
import { createRedactor } from '../report/redact';

/** A violation as cdk8s takes and prints it. */
export interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    /** Name of the object; cdk8s looks the path of the construct up with it. */
    readonly resourceName: string;
    readonly locations: readonly string[];
    readonly manifestPath: string;
  }[];
}

/** Results as violations. cdk8s prints the texts as they are, so they are made harmless here. */
export function violationsOf(results: readonly CheckResult[]): Violation[] {
  const redactor = createRedactor();
  return results.map((result) => violationOf(result, (text) => neutralizeForTerminal(redactor.clean(text))));
}

/** Findings that do not fail, a line each. */
export function warningLines(results: readonly CheckResult[]): string[] {
  const redactor = createRedactor();
  const safe = (text: string): string => neutralizeForTerminal(redactor.clean(text));
  return results.map((result) => `  WARN ${result.id} (${result.severity}) ${safe(`${renderPlace(result)}: ${result.message}`)}`);
}

/** The tool could not do its job, most often because a property is wrong: what is, and what to do. */
export function errorViolation({ code, message, hint }: KymaGuardError): Violation {
  const redactor = createRedactor();
  const safe = (text: string): string => neutralizeForTerminal(redactor.clean(text));
  const place = { resourceName: 'N/A', locations: ['cdk8s.yaml'], manifestPath: 'N/A' };
  return { ruleName: `${code} (nothing was checked)`, recommendation: safe(message), fix: safe(hint), violatingResources: [place] };
}

/** cdk8s knows no severity, so the name of the rule carries it. */
function violationOf({ id, severity, status, title, message, fix, where }: CheckResult, safe: (text: string) => string): Violation {
  const { object = '', path = object, line, file = '' } = where;
  const name = object.slice(Math.max(object.indexOf(' '), object.indexOf('/')) + 1);
  return {
    ruleName: `${id} (${status === 'error' ? 'could not tell' : severity})`,
    recommendation: safe(`${title}: ${message}`),
    fix: safe(fix ?? ''),
    violatingResources: [
      {
        resourceName: safe(name),
        locations: [safe(line === undefined ? path : `${path} (line ${line})`)],
        manifestPath: safe(file),
      },
    ],
  };
}
