import type { ExplainOutcome, Question } from '../../explain/explain';
import { answerMarkdown, answerText, explainReference, runExplain } from '../../explain/explain';
import { readWholeInput, type WholeInput, type WholeInputOptions } from '../../files/whole-manifest-input';
import { severities } from '../../model/check-result';
import { UsageError } from '../../model/errors';
import { isJsonObject, type JsonObject } from '../../model/json';
import {
  neutralizeForMarkdown,
  neutralizeForMarkdownCode,
  neutralizeForMarkdownFence,
  neutralizeForTerminal,
} from '../../report/neutralize';
import { createReport } from '../../report/report';
import type { Call, CommandOutput, CommandSpec } from '../command';
import type { Io } from '../io';
import type { Options } from '../options';
import { lookOf, render } from '../render';
import { maxDocumentSpec, streamOptions } from './stream-options';

const repeatable = true;

export const explainCommand: CommandSpec = {
  name: 'explain',
  summary: 'Show who may call what, which rule decides, and what a change opens',
  arguments: '[path...]',
  reports: true,
  options: [
    { flags: '--request <METHOD URL>', help: "What becomes of one request, and why: 'GET https://host/path'." },
    { flags: '--header <NAME: VALUE>', help: 'Header of the request; $TOKEN stands for the token.', repeatable },
    { flags: '--claims <FILE>', help: 'Claims of a valid token of the request, as JSON with iss. Default: no token.' },
    { flags: '--caller <PRINCIPAL>', help: "Send the request from inside the cluster; '' for a caller without identity." },
    { flags: '--istio', help: 'Print the Istio objects that Kyma will create.' },
    { flags: '--close <METHOD URL>', help: 'Print, never apply, the narrowest policy that closes a request to callers without a token.' },
    {
      flags: '--against <PATH>',
      help: 'Earlier manifests: show which requests the change opens, alters or closes. none, or an empty folder: there were none.',
    },
    { flags: '--fail-on-open', help: 'With --against: exit 1 when a request is opened.' },
    { flags: '--fail-on <SEVERITY>', help: 'Findings as bad as this or worse fail the run. Default: none does.', choices: severities },
    { flags: '--domain <DOMAIN>', help: 'Completes hosts of one label. Default: the wildcard host of the Gateway, if the input holds it.' },
    { flags: '--context <PATH>', help: 'Further manifests of the cluster: taken into account, not reported on.', repeatable: true },
    maxDocumentSpec,
    { flags: '--label <K=V>', help: 'Goes into the report.', repeatable },
  ],
  examples: [
    ['kyma-guard explain k8s/', 'who may call what, and which rule decides'],
    ["kyma-guard explain k8s/ --request 'GET https://orders.example.com/orders/1'", 'what becomes of one request, step by step'],
    ['kyma-guard explain --against main/k8s k8s --fail-on-open', 'in a pull request: which requests does it open?'],
    [
      'kubectl get apirules,svc,virtualservices,requestauthentications,authorizationpolicies,functions,gateways.networking.istio.io,pods,ns -A -o json --show-managed-fields | kyma-guard explain -',
      'what a cluster really does',
    ],
  ],
  run: (call, io) => explain(call, io),
};

async function explain(call: Call, io: Io): Promise<CommandOutput> {
  const { args, options } = call;
  const ask = questionOf(options);
  checkFormats(call);
  const [domain, failOn] = [options.domain(), severities.find((severity) => severity === options.text('fail-on'))];
  const read = (paths: readonly string[], more: Partial<WholeInputOptions> = {}): Promise<WholeInput> =>
    readWholeInput(io.files, paths, io.readStdin, { ...streamOptions(options), verb: 'explain', ...more });
  const input = await read(args);
  const given = options.list('context');
  const context = given.length === 0 ? undefined : await read(given);
  const { question, earlier } = await ask(io, read);
  const remarks = [...input.remarks, ...(context?.remarks ?? []), ...(earlier?.remarks ?? [])];
  const base = {
    rules: explainReference().map((check) => ({ ...check, refs: [] })),
    // What fails was decided by --fail-on and --fail-on-open already.
    threshold: 'info' as const,
    run: { labels: Object.fromEntries(options.pairs('label', 'K=V')), inputDigest: input.digest },
  };
  // A folder with nothing but a chart has no answer yet; what to do stands in the results.
  if (input.manifests.length === 0 && remarks.some(({ status }) => status === 'error')) return { ...base, results: remarks };
  const outcome = runExplain({
    manifests: input.manifests,
    question,
    options: {
      ...(domain !== undefined && { domain }),
      ...(failOn !== undefined && { failOn }),
      ...(context && { context: context.manifests }),
    },
  });
  const results = [...outcome.results, ...remarks];
  const isPartial = remarks.some(({ status }) => status === 'error');
  return {
    ...base,
    results,
    data: { ...outcome.data, checked: input.manifests.length },
    undecided: outcome.undecided === true || isPartial,
    stdout: await textOf({ ...outcome, results }, call, io),
    markdown: answerMarkdown(outcome.answer, {
      text: neutralizeForMarkdown,
      code: neutralizeForMarkdownCode,
      fence: neutralizeForMarkdownFence,
    }),
  };
}

/**
 * Objects are no findings, so formats that hold findings cannot show them.
 * @throws {UsageError} ERR_USAGE when one of these is asked for
 */
function checkFormats({ options }: Call): void {
  const [question] = ['istio', 'close'].filter((name) => options.flag(name) || options.text(name) !== undefined);
  if (question === undefined) return;
  const formats = [options.text('format') ?? 'text', ...options.pairs('report').map(([format]) => format)];
  const lost = formats.find((format) => ['junit', 'sarif', 'github'].includes(format));
  if (lost === undefined) return;
  throw new UsageError(`--${question} prints objects, and the format ${lost} holds findings only`, 'Give --format text, json or markdown.');
}

/** The answer, then what was found beside it. Objects stand alone on standard output, so that they can be read by others. */
async function textOf({ answer, results }: ExplainOutcome, call: Call, io: Io): Promise<string> {
  const text = neutralizeForTerminal(answerText(answer));
  // The comparison tells its changes itself.
  const more = answer.kind === 'against' ? results.filter(({ id }) => !id.startsWith('access-')) : results;
  if (more.length === 0) return text;
  const report = createReport({ verb: 'explain', run: { labels: {}, inputDigest: '' }, results: io.redactor.cleanAll(more), version: '' });
  const findings = await render('text', report, lookOf(call, io));
  if (answer.kind !== 'istio' && answer.kind !== 'close') return `${text}\n${findings}`;
  io.log(findings.trimEnd());
  return text;
}

interface Asked {
  readonly question: Question;
  /** What --against names. */
  readonly earlier?: WholeInput;
}

type Ask = (io: Io, read: (paths: readonly string[], more?: Partial<WholeInputOptions>) => Promise<WholeInput>) => Promise<Asked>;

/** What is asked; mistakes in the options are found before anything is read. */
function questionOf(options: Options): Ask {
  const [request, close, against] = [options.text('request'), options.text('close'), options.text('against')];
  const given = ['request', 'close', 'against', 'istio'].filter((name) => options.text(name) !== undefined || options.flag(name));
  if (given.length > 1)
    throw new UsageError(`--${given.join(' and --')} are given together`, 'Ask one thing at a time: run the command once for each.');
  for (const name of ['header', 'claims', 'caller'])
    if (request === undefined && options.list(name).length > 0)
      throw new UsageError(`--${name} is given without --request`, "Name the request with --request 'GET https://host/path'.");
  if (options.flag('fail-on-open') && against === undefined)
    throw new UsageError('--fail-on-open is given without --against', 'Name the earlier manifests with --against PATH.');
  if (request !== undefined) return async (io) => ({ question: await requestQuestion(request, options, io) });
  if (close !== undefined) return () => Promise.resolve({ question: { kind: 'close', line: close } });
  if (against !== undefined) return againstQuestion(against, options);
  return () => Promise.resolve({ question: { kind: options.flag('istio') ? 'istio' : 'matrix' } });
}

async function requestQuestion(line: string, options: Options, io: Io): Promise<Question> {
  const [file, caller] = [options.text('claims'), options.text('caller')];
  const claims = file === undefined ? undefined : await readClaims(file, io);
  return {
    ...{ kind: 'request', line, headers: options.list('header') },
    ...(claims && { claims }),
    ...(caller !== undefined && { caller }),
  };
}

/** A folder that is there and holds no manifest is a state of its own: the one before the first. */
function againstQuestion(path: string, options: Options): Ask {
  return async (_, read) => {
    const earlier = path === 'none' ? undefined : await read([path], { mayBeEmpty: true });
    const question = { kind: 'against', before: earlier?.manifests ?? [], failOnOpen: options.flag('fail-on-open') } as const;
    return { question, ...(earlier && { earlier }) };
  };
}

/** @throws {UsageError} ERR_USAGE when the file holds no JSON object */
async function readClaims(file: string, io: Io): Promise<JsonObject> {
  const text = await io.files.readText(file);
  const value = parseJson(text);
  if (isJsonObject(value)) return value;
  const isToken = /^\s*[\w-]+\.[\w-]+\.[\w-]*\s*$/.test(text);
  throw new UsageError(
    `--claims ${file} holds ${isToken ? 'a token' : 'no JSON object'}; give the claims of a token`,
    'Write the payload of a token as JSON, such as {"iss": "https://id.example.com", "sub": "me", "scope": "read"}.',
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
