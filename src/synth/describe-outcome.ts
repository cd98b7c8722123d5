import { join } from 'node:path';
import { lockCommand } from './issuer-secrets';
import type { SynthOutcome } from './run-synth';

/** More names than these are counted. */
const shownFiles = 20;

/** What was done, for people: files per environment, what is gone, what waits and for what, and where credentials will be. */
export function describeOutcome(outcome: SynthOutcome, isVerbose: boolean): string {
  const lines = [...writtenLines(outcome, isVerbose), ...heldLines(outcome), ...verifierLines(outcome), ...secretLines(outcome)];
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function writtenLines({ out, files, removed, isWritten, environments }: SynthOutcome, isVerbose: boolean): string[] {
  if (!isWritten) return [];
  const folders = environments.length === 0 ? [''] : environments.map((name) => `${name}/`);
  const written = folders.flatMap((folder) => {
    const names = files.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
    const shown = isVerbose ? names : names.slice(0, shownFiles);
    const more = names.length > shown.length ? [`  and ${names.length - shown.length} more (--verbose names them)`] : [];
    return [
      `wrote ${join(out, folder)}: ${names.length} ${names.length === 1 ? 'file' : 'files'}`,
      ...shown.map((name) => `  ${name}`),
      ...more,
    ];
  });
  return [...written, ...removed.map((path) => `removed ${join(out, path)}`)];
}

function heldLines({ held, secrets }: SynthOutcome): string[] {
  return secrets.flatMap((secret) => {
    const waiting = held.filter(({ environment, issuers }) => environment === secret.environment && issuers.includes(secret.issuer));
    if (waiting.length === 0) return [];
    const names = waiting.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
    return [
      `held${secret.environment === undefined ? '' : ` in ${secret.environment}`}: APIRule ${names}, until ${secret.issuer} is known; the workloads stay closed`,
      `  next: deploy, then ${lockCommand(secret)}`,
    ];
  });
}

function verifierLines({ isWritten, isVerifierApart }: SynthOutcome): string[] {
  if (!isWritten || !isVerifierApart) return [];
  return ['the verification runs a verifier that is not among these files: its Pods wait for the ConfigMaps that --with-verifier writes'];
}

function secretLines({ secrets }: SynthOutcome): string[] {
  const byPlace = new Map<string, string[]>();
  for (const { environment, issuer, namespace, name } of secrets) {
    const place = `Secret ${name} of issuer ${issuer} in namespace ${namespace}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), ...(environment === undefined ? [] : [environment])]);
  }
  return [...byPlace].map(([place, environments]) => (environments.length === 0 ? place : `${place} (${environments.join(', ')})`));
}
