import type { CommandSpec, OptionSpec } from '../command';
import { maxDocumentSpec } from './stream-options';

const repeatable = true;

/** Options of `migrate`. */
export const migrateOptionSpecs: readonly OptionSpec[] = [
  { flags: '--out <DIR>', help: 'Write what changes to this folder, in the layout of the input; standard output is then the report.' },
  { flags: '--write', help: 'Replace the files of the input; standard output is then the report.' },
  { flags: '--force', help: 'With --out: replace files of the same names that say something else.' },
  { flags: '--live <FILE>', help: 'A dump of the cluster (kubectl get … -A -o json), or - for standard input: compared with the trees.' },
  { flags: '--list', help: 'Write nothing: list every APIRule, how far it has come, and what is missing.' },
  { flags: '--issuers <FILE>', help: 'What takes the place of issuers and keys that old APIRules name.' },
  { flags: '--write-issuers <FILE>', help: 'Write what is missing in the map of issuers to this file, to be filled in.' },
  { flags: '--discover', help: 'Ask providers which keys belong to which issuer; needs --scope for each of them.' },
  { flags: '--scope <HOST-PATTERN>', help: 'Hosts that --discover may ask.', repeatable },
  { flags: '--ca <FILE>', help: 'With --discover: certificate authorities to trust, PEM. Default: those of Node.js.' },
  { flags: '--old-jwt-handler <HANDLER>', help: 'How the old cluster read jwt and /*.', choices: ['ory', 'istio'], default: 'ory' },
  { flags: '--allow-widening <PATH>', help: 'An old path that may take more than it took.', repeatable },
  {
    flags: '--allow-methods <WHICH>',
    help: 'Methods of rules with allow, which ignored them.',
    choices: ['listed', 'all'],
    default: 'listed',
  },
  {
    flags: '--internal-callers <WHO>',
    help: "Namespace or principal that calls the workloads from inside the cluster; '*' for everybody.",
    repeatable,
  },
  { flags: '--domain <DOMAIN>', help: 'Completes hosts of one label. Default: the wildcard host of the Gateway, if the input holds it.' },
  maxDocumentSpec,
  { flags: '--label <K=V>', help: 'Goes into the report.', repeatable },
];

/** Calls for `--help`. */
export const migrateExamples: CommandSpec['examples'] = [
  ['kyma-guard migrate k8s/apirule.yaml', 'the migrated file on standard output, what is left to do on standard error'],
  ['kyma-guard migrate k8s --list', 'what is dead, what is half-migrated, what is done'],
  ['kyma-guard migrate k8s --write-issuers issuers.yaml --out migrated', 'the first try: what is missing about issuers goes into a file'],
  ['kyma-guard migrate k8s --issuers issuers.yaml --write --report html=migration.html', 'in place, with a page for the reviewer'],
  [
    'kubectl get apirules.gateway.kyma-project.io,services,functions,deployments,namespaces,gateways.networking.istio.io,authorizationpolicies.security.istio.io -A -o json | kyma-guard migrate k8s --live - --out migrated',
    'trees beside the cluster',
  ],
];
