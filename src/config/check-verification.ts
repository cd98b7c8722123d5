import { closest } from '../model/closest';
import { goDurationSeconds } from '../model/go-duration';
import type { JsonPath } from '../model/json';
import { isFullHost, isWildcardHost } from '../model/names';
import { isTimeZone, scheduleProblem } from './cron-schedule';
import { argumentFindings } from './argument-findings';
import type { Finding } from './describe-issue';
import { exposuresOf } from './exposures';
import { isPlatformNamespace } from './namespaces';
import type { Config } from './schema';
import type { VerificationConfig } from './schema-verification';

/** What is wrong with the verification beside the rest of the configuration. */
export function verificationFindings(config: Config, declared: readonly string[]): Finding[] {
  const { verification } = config;
  if (!verification) return [];
  return [
    ...placeFindings(config, verification),
    ...timeFindings(verification),
    ...hostFindings(config, verification),
    ...credentialFindings(config, verification, declared),
    ...addressFindings(config, verification, declared),
    ...argumentFindings(config, verification),
  ].map(({ path, ...finding }) => ({ ...finding, path: ['verification', ...path] }));
}

function placeFindings({ functions = {}, services = {}, issuers = {} }: Config, { namespace }: VerificationConfig): Finding[] {
  if (isPlatformNamespace(namespace))
    return [{ path: ['namespace'], message: `is ${namespace}, which belongs to the platform; give one of its own` }];
  const places = [
    ...Object.entries(functions).map(([name, one]) => ({ user: `functions.${name}`, place: one.namespace })),
    ...Object.entries(services).map(([name, one]) => ({ user: `services.${name}`, place: one.namespace })),
    ...Object.entries(issuers).map(([name, one]) => ({ user: `issuers.${name}`, place: one.kind === 'xsuaa' ? one.namespace : undefined })),
  ];
  const user = places.find(({ place }) => place === namespace)?.user;
  if (user === undefined) return [];
  const message = `is ${namespace}, where ${user} is; give a namespace of its own, so that applications cannot read its credentials nor it theirs`;
  return [{ path: ['namespace'], message }];
}

function timeFindings({ kind, schedule, timeZone, wait, deadlineSeconds }: VerificationConfig): Finding[] {
  const isTimed = kind === 'cronjob';
  const findings: Finding[] = [];
  if (isTimed && schedule === undefined)
    findings.push({ path: ['schedule'], message: 'is missing; a cronjob needs one, such as 0 3 * * *' });
  for (const [name, value] of Object.entries({ schedule, timeZone })) {
    if (value === undefined || isTimed) continue;
    findings.push({ path: [name], message: `stands beside kind ${kind}, which knows no clock; give kind: cronjob, or remove it` });
  }
  if (isTimed) findings.push(...clockFindings(schedule, timeZone));
  if ((goDurationSeconds(wait) ?? 0) >= deadlineSeconds)
    findings.push({
      path: ['wait'],
      message: `is ${wait}, and the Job ends after ${deadlineSeconds} seconds; give less, or a later deadlineSeconds`,
    });
  return findings;
}

function clockFindings(schedule: string | undefined, timeZone: string | undefined): Finding[] {
  const wrong = schedule === undefined ? undefined : scheduleProblem(schedule);
  const isZone = timeZone === undefined || isTimeZone(timeZone);
  return [
    ...(wrong === undefined ? [] : [{ path: ['schedule'], message: `is ${JSON.stringify(schedule)}; ${wrong}` }]),
    ...(isZone
      ? []
      : [{ path: ['timeZone'], message: `is ${JSON.stringify(timeZone)}, which is no time zone; give one such as Europe/Berlin` }]),
  ];
}

function hostFindings(config: Config, { samples = {} }: VerificationConfig): Finding[] {
  const exposures = [...exposuresOf(config)];
  if (exposures.length === 0) return [{ path: [], message: 'has nothing to verify; expose a function or a service, or remove it' }];
  const short = exposures.find(({ host }) => !isFullHost(host));
  if (short) {
    const message = `needs full hosts, and ${short.expose.host} is a label; give cluster.domain, so that the scope of the probes is certain`;
    return [{ path: [], message }];
  }
  const wildcards = exposures.map(({ host }) => host).filter(isWildcardHost);
  return [
    ...wildcards
      .filter((host) => samples[host] === undefined)
      .map((host) => ({
        path: ['samples'],
        message: `names no host below ${host}; give { "${host}": NAME }, a name that the deployment serves`,
      })),
    ...Object.keys(samples)
      .filter((host) => !wildcards.includes(host))
      .map((host) => ({
        path: ['samples', host],
        message: `is no wildcard host of this environment; known are ${wildcards.join(', ') || 'none'}`,
      })),
  ];
}

function credentialFindings({ issuers = {} }: Config, { credentials = [] }: VerificationConfig, declared: readonly string[]): Finding[] {
  const seen = new Set<string>();
  return credentials.flatMap((entry, index): Finding[] => {
    const name = typeof entry === 'string' ? entry : entry.issuer;
    const path = ['credentials', index, ...(typeof entry === 'string' ? [] : ['issuer'])];
    if (!declared.includes(name)) return [unknown(path, name, declared)];
    if (seen.has(name)) return [{ path, message: `names ${name} a second time; name each issuer once` }];
    seen.add(name);
    const isXsuaa = issuers[name]?.kind === 'xsuaa';
    if (typeof entry === 'string' && !isXsuaa && issuers[name])
      return [{ path, message: `names ${name}, which the cluster makes no credentials for; give { issuer: ${name}, secret: SECRET }` }];
    return [];
  });
}

function addressFindings(config: Config, { targets = {}, issuers = {} }: VerificationConfig, declared: readonly string[]): Finding[] {
  const hosts = [...exposuresOf(config)].map(({ host }) => host);
  const foreign = Object.keys(targets).filter((host) => !hosts.includes(host) && !hosts.some((one) => one.startsWith('*.')));
  return [
    ...foreign.map((host) => ({ path: ['targets', host], message: `is no host of this environment; known are ${hosts.join(', ')}` })),
    ...Object.keys(issuers).flatMap((name) => (declared.includes(name) ? [] : [unknown(['issuers', name], name, declared)])),
  ];
}

function unknown(path: JsonPath, name: string, declared: readonly string[]): Finding {
  const near = closest(name, declared);
  const hint = near === undefined ? `known are ${declared.join(', ') || 'none'}` : `did you mean ${near}?`;
  return { path, message: `names the issuer ${JSON.stringify(name)}, which is not declared; ${hint}` };
}
