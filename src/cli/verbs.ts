import type { CommandSpec } from './command';

/** A verb as the list of `--help` shows it. Its code is loaded only when it is called. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<CommandSpec>;
}

/** Every verb, in the order of a first day with the tool. */
export const verbs: readonly Verb[] = [
  {
    name: 'synth',
    summary: 'Write the manifests of a configuration to dist/',
    load: async () => (await import('./commands/synth.js')).synthCommand,
  },
  {
    name: 'lock',
    summary: 'Record what is known of an XSUAA instance only after it exists',
    load: async () => (await import('./commands/lock.js')).lockCommand,
  },
  {
    name: 'validate',
    summary: 'Say what API server, controller and attacker would say of manifests',
    load: async () => (await import('./commands/validate.js')).validateCommand,
  },
  {
    name: 'explain',
    summary: 'Show who may call what, which rule decides, and what a change opens',
    load: async () => (await import('./commands/explain.js')).explainCommand,
  },
  {
    name: 'migrate',
    summary: 'Turn APIRules that Kyma no longer serves into version 2, without opening a door',
    load: async () => (await import('./commands/migrate.js')).migrateCommand,
  },
  {
    name: 'local',
    summary: 'Run manifests on this machine: issuers, gateway and functions',
    load: async () => (await import('./commands/local.js')).localCommand,
  },
  {
    name: 'verify',
    summary: 'Prove that each endpoint opens for the right token and for nothing else',
    load: async () => (await import('./commands/verify.js')).verifyCommand,
  },
  {
    name: 'report',
    summary: 'Show, merge or compare reports that were written as JSON',
    load: async () => (await import('./commands/report.js')).reportCommand,
  },
  {
    name: 'token',
    summary: 'Fetch a token for a person or a script, or show what one says',
    load: async () => (await import('./commands/token.js')).tokenCommand,
  },
];
