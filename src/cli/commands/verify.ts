import { randomUUID } from 'node:crypto';
import { readSoundManifests } from '../../files/manifest-input';
import { isJsonObject } from '../../model/json';
import { neutralizeForTerminal } from '../../report/neutralize';
import { printBaseline, readBaseline } from '../../verify/baseline';
import { probeRules } from '../../verify/describe-checks';
import { planText } from '../../verify/plan-report';
import { runVerify } from '../../verify/verify';
import { baselineOptionSpecs, keepBaseline, readBaselineOptions } from '../baseline-options';
import type { CommandOutput, CommandSpec } from '../command';
import { shardOptionSpecs } from '../shard-option';
import { uploadTokenOption } from '../upload-token-option';
import { readVerifyOptions } from './verify-options';
import { vantageOf } from './verify-vantage';

const repeatable = true;

export const verifyCommand: CommandSpec = {
  name: 'verify',
  summary: 'Prove that each endpoint opens for the right token and for nothing else',
  arguments: '<path...>',
  reports: true,
  uploads: true,
  options: [
    { flags: '--local', help: 'Verify what kyma-guard local runs in this folder.' },
    {
      flags: '--target <HOST=URL>',
      help: 'Send requests for HOST to URL; the Host header, and with https the name in the certificate, stay those of HOST.',
      repeatable,
    },
    {
      flags: '--scope <HOST-PATTERN>',
      help: 'What may be probed, such as *.example.com. Needed for every target that is not loopback.',
      repeatable,
    },
    { flags: '--scope-file <FILE>', help: 'The same, one pattern per line.' },
    { flags: '--domain <DOMAIN>', help: 'Completes hosts of one label.' },
    { flags: '--sample <HOST=NAME>', help: 'A name below a wildcard host.', repeatable },
    {
      flags: '--credentials <[ISSUER=]PATH>',
      help: 'Service key, Secret manifest or binding folder. Default: SERVICE_BINDING_ROOT, VCAP_SERVICES, KYMA_GUARD_*.',
      repeatable,
    },
    {
      flags: '--token-file <[ISSUER=]FILE>',
      help: 'A good token that is there already; - for standard input. Read again when it has ended.',
      repeatable,
    },
    { flags: '--browser <ISSUER>', help: 'Sign in as a person for tokens of this issuer, with its credentials.', repeatable },
    { flags: '--redirect <URL>', help: 'Where the browser comes back to. Default: http://127.0.0.1:0/callback, 0 for any free port.' },
    {
      flags: '--saml-assertion <ISSUER=FILE>',
      help: 'Token of the person in this SAML assertion, with the credentials of the issuer.',
      repeatable,
    },
    { flags: '--iss <ISSUER>', help: 'Sign the good tokens of this issuer with --signing-key.', repeatable },
    { flags: '--deny-credentials <LABEL=PATH>', help: 'A client whose valid tokens must be refused.', repeatable },
    { flags: '--signing-key <FILE>', help: 'Private key of a test issuer: PEM, JWK, JWKS or array of JWKs.' },
    {
      flags: '--canary <auto|URL|off>',
      help: 'A server of this run that a gateway could be lured to by a URL in a token: on this machine (only for targets on it), or the http URL under which targets reach this machine; its port is listened at. Default: auto.',
    },
    { flags: '--allow-secret-probes', help: 'Send tokens that are signed with your own client secrets; only to targets on this machine.' },
    { flags: '--issuer <ISSUER=URL>', help: 'Where an issuer is really reachable; secrets go there.', repeatable },
    { flags: '--ca <FILE>', help: 'Certificate authorities to trust, PEM. Default: those of Node.js.' },
    { flags: '--insecure-tls', help: 'Accept any certificate of targets; never of issuers.' },
    { flags: '--profile <PROFILE>', help: 'How much is asked.', choices: ['smoke', 'standard', 'full'], default: 'standard' },
    { flags: '--only <METHOD HOST/PATH>', help: 'Only these routes; * stands for any text.', repeatable },
    { flags: '--skip <METHOD HOST/PATH>', help: 'Not these routes.', repeatable },
    ...shardOptionSpecs,
    { flags: '--expect <FILE>', help: 'Hints per route: sample path, query, body, status, marker.' },
    { flags: '--plan', help: 'Show requests per host, impact and duration; send nothing.' },
    { flags: '--concurrency <N>', help: 'Routes under way at once. Default: 8, or 2 when a target is not loopback.' },
    { flags: '--rate <N>', help: 'Requests per second and host. Default: 5 for targets that are not loopback.' },
    { flags: '--max-requests <N>', help: 'Most requests of the run.' },
    {
      flags: '--requests-per-route <N>',
      help: 'Most requests of each route, instead of what the profile spends (15, 60, 1100).',
    },
    { flags: '--timeout <S>', help: 'Seconds until a request is given up. Default: 10.' },
    { flags: '--wait <DURATION>', help: 'Wait so long at most until the deployment answers as it should, such as 2m.' },
    {
      flags: '--watch <DURATION>',
      help: 'Poll through a change with an error budget of zero, such as 5m: anonymous and good calls in turn, at --rate (5). Ctrl-C ends it with its report.',
    },
    { flags: '--unsafe-methods', help: 'Let POST, PUT, PATCH and DELETE go out as their rule means them.' },
    {
      flags: '--allow-disruptive <HOST>',
      help: 'Also ask HOST what could disturb it (request smuggling). Loopback needs no consent.',
      repeatable,
    },
    { flags: '--accept-undecided <METHOD HOST/PATH>', help: 'Routes that may stay undecided.', repeatable },
    { flags: '--require-all-issuers', help: 'Fail when an issuer that a rule trusts has no credentials, instead of naming it as skipped.' },
    {
      flags: '--require-probe <ID>',
      help: 'Fail when the probe was not tried: it needs a key or credentials that are not given, or another profile.',
      repeatable,
    },
    ...baselineOptionSpecs,
    { flags: '--gentle', help: 'Keep the limits of remote targets on loopback too: for port-forwards to a cluster.' },
    uploadTokenOption,
    { flags: '--label <K=V>', help: 'Goes into the report.', repeatable },
  ],
  examples: [
    ['kyma-guard verify dist/dev --local', 'what kyma-guard local runs'],
    ['kyma-guard verify dist/prod --scope "*.prod.example.com" --credentials key.json', 'a deployment'],
    ['kyma-guard verify dist/prod --scope "*.prod.example.com" --plan', 'what would be sent to it'],
    ['kyma-guard verify dist/prod --scope "*.prod.example.com" --credentials key.json --watch 5m', 'through a rollout'],
  ],
  async run(call, io): Promise<CommandOutput> {
    const input = await readSoundManifests(io.files, call.args, io.readStdin);
    const startedAt = io.now().toISOString();
    const options = {
      ...(await readVerifyOptions(call, io, input.manifests)),
      ...(await readBaselineOptions(call, io, readBaseline)),
      today: startedAt.slice(0, 10),
    };
    const id = randomUUID();
    const { baseline, ...outcome } = await runVerify({
      manifests: input.manifests,
      options,
      tools: { runId: id, userAgent: 'kyma-guard', signal: io.signal, progress: io.progress, learn: (secret) => io.redactor.learn(secret) },
    });
    io.progress('');
    if (baseline) await keepBaseline(baseline, options, printBaseline, io);
    const labels = Object.fromEntries(call.options.pairs('label', 'K=V'));
    const run = {
      labels,
      inputDigest: input.digest,
      ...(options.plan !== true && { id, startedAt, vantage: vantageOf(outcome.data, options.proxies) }),
    };
    const plan = outcome.data?.['plan'];
    const stdout = isJsonObject(plan) ? { stdout: neutralizeForTerminal(planText(plan, call.options.flag('verbose'))) } : {};
    return { ...outcome, ...stdout, run, rules: probeRules(), ...(options.watchMs !== undefined && { isWhole: true }) };
  },
};
