import { pinnedImage, pinnedImageForm } from '../model/image-reference';
import { isDnsLabel } from '../model/names';
import type { VerificationJobProps } from './verification-props';

/** A CronJob appends eleven characters to its name for its Jobs; a Job eight at most here. */
const maxNameLength = 52;

/** What is wrong with a verification, in sentences. */
export function verificationProblems(props: VerificationJobProps): string[] {
  const { metadata, kind = 'job', schedule, image, apiRules, scope, shards = 1 } = props;
  const names = [...(props.bindings ?? []), ...(props.secrets ?? [])].map(({ name }) => name);
  const checks: readonly (readonly [isWrong: boolean, message: string])[] = [
    [
      !isDnsLabel(metadata.name) || metadata.name.length > maxNameLength,
      `"${metadata.name}" is no name of a verification; give a-z, 0-9 and "-", at most ${maxNameLength} characters`,
    ],
    [!isDnsLabel(metadata.namespace), `"${metadata.namespace}" is no namespace name`],
    [!pinnedImage.test(image), `image of ${metadata.name} is "${image}"; give ${pinnedImageForm}`],
    [apiRules.length === 0, `${metadata.name} has no APIRule to verify`],
    [scope.length === 0, `${metadata.name} has no scope, so that nothing could be probed; give the hosts of its APIRules`],
    [(kind === 'cronjob') !== (schedule !== undefined), `${metadata.name} needs a schedule if it is a cronjob, and only then`],
    [!Number.isInteger(shards) || shards < 1, `shards of ${metadata.name} is ${shards}; give a whole number, 1 or more`],
    [
      names.some((name) => !isDnsLabel(name)),
      `credentials of ${metadata.name} are called ${names.join(', ')}; each name is a folder: give DNS labels`,
    ],
    [new Set(names).size < names.length, `two credentials of ${metadata.name} have the same name: ${names.join(', ')}`],
  ];
  return checks.flatMap(([isWrong, message]) => (isWrong ? [message] : []));
}
