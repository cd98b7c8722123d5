import { pinnedImage, pinnedImageForm } from '../model/image-reference';
import type { JsonObject } from '../model/json';
import { listAt, objectAt, objectsAt, textOf } from '../model/json-fields';
import { isDnsLabel, isFullHost, isWildcardHost } from '../model/names';
import type { RouteName } from '../model/route-pattern';
import { argumentProblems, sampleHost } from '../model/verify-arguments';
import { givenOptions } from '../model/verify-options';
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
  return [...checks.flatMap(([isWrong, message]) => (isWrong ? [message] : [])), ...argumentSentences(props)];
}

/** Options of `verify` that other properties become. */
const written: Readonly<Record<string, string>> = {
  '--scope-file': 'scope',
  '--shard': 'shards',
  '--shards': 'shards',
  '--termination-message': 'the Job itself',
  '--wait': 'wait',
};

/** What is wrong with the further arguments: each run of the Job would end with exit code 2, or prove nothing. */
function argumentSentences({ metadata, args = [], apiRules, verifier }: VerificationJobProps): string[] {
  const routes = verifiedRoutes(apiRules, args);
  const context = { written, ...(routes && { routes }), of: 'its APIRules', isOwnVersion: verifier !== undefined };
  return argumentProblems(args, context).map(({ at, message }) => `args[${at}] of ${metadata.name} ${message}`);
}

/** Routes of the APIRules; undefined when a host is not known in full, so that nobody can say what an argument may name. */
function verifiedRoutes(apiRules: readonly JsonObject[], args: readonly string[]): RouteName[] | undefined {
  const samples = Object.fromEntries(
    givenOptions(args).flatMap(({ name, value = '' }) => (name === '--sample' ? [value.split('=', 2)] : [])),
  ) as Record<string, string>;
  const specs = apiRules.map((rule) => objectAt(rule, 'spec'));
  const hosts = specs.flatMap((spec) => listAt(spec, 'hosts').map((host) => sampleHost(textOf(host), samples)));
  if (hosts.length === 0 || hosts.some((host) => !isFullHost(host) || isWildcardHost(host))) return undefined;
  return specs.flatMap((spec) =>
    listAt(spec, 'hosts').flatMap((host) =>
      objectsAt(spec, 'rules').flatMap(([rule]) =>
        listAt(rule, 'methods').map((method) => {
          return { method: textOf(method), host: sampleHost(textOf(host), samples), path: textOf(rule['path']) };
        }),
      ),
    ),
  );
}
