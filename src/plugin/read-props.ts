import { severities } from '../model/check-result';
import { UsageError } from '../model/errors';
import { FieldReader, type FieldProblem } from '../model/field-reader';
import { onlyMembers } from '../model/only-members';
import type { KymaGuardValidationProps } from './validation-props';

const lists = ['select', 'ignore', 'crd', 'context', 'clusters'] as const;
const texts = ['policy', 'config', 'domain', 'against'] as const;

/**
 * The properties that `cdk8s.yaml` gives to the plugin.
 * @throws {UsageError} ERR_USAGE with every property that is unknown or of another type
 */
export function readProps(properties: object): KymaGuardValidationProps {
  const problems: FieldProblem[] = [];
  const root = new FieldReader({ ...properties }, [], problems);
  onlyMembers(root, ['failOn', ...texts, ...lists]);
  const text = root.at('failOn').text();
  const failOn = severities.find((severity) => severity === text);
  if (text !== undefined && !failOn) root.at('failOn').problem(`is ${JSON.stringify(text)}; give one of ${severities.join(', ')}`);
  const given: (readonly [string, string | string[] | undefined])[] = [
    ...lists.map((key) => [key, root.at(key).absent ? undefined : root.at(key).texts()] as const),
    ...texts.map((key) => [key, root.at(key).text()] as const),
  ];
  if (problems.length > 0) throw wrongProperties(problems);
  return { ...(failOn && { failOn }), ...Object.fromEntries(given.filter(([, value]) => value !== undefined)) };
}

function wrongProperties(problems: readonly FieldProblem[]): UsageError {
  return new UsageError(
    problems.map(({ path, message }) => `validations.properties.${path.join('.')} ${message}`).join('; '),
    'docs/validate.md describes the properties of KymaGuardValidation.',
  );
}
