import { filesIn } from '../../files/files-in';
import type { Files } from '../../files/files';
import {
  inventoryResults,
  inventoryText,
  isOutsideInventory,
  migrationMarkdown,
  migrationText,
  parseIssuerMap,
  printIssuerTemplate,
  readInternalCallers,
  runMigrate,
  writeInPlace,
  writeToFolder,
  type MigrateInput,
  type MigrateOutcome,
  type MigrateSettings,
} from '../../migrate/migrate';
import { OutputUnwritableError, UsageError } from '../../model/errors';
import { neutralizeForTerminal } from '../../report/neutralize';
import { createReport } from '../../report/report';
import type { Call, CommandOutput, CommandSpec } from '../command';
import type { Io } from '../io';
import type { Options } from '../options';
import { lookOf, render } from '../render';
import { migrateExamples, migrateOptionSpecs } from './migrate-options';
import { streamOptions } from './stream-options';

export const migrateCommand: CommandSpec = {
  name: 'migrate',
  summary: 'Turn APIRules that Kyma no longer serves into version 2, without opening a door',
  arguments: '[path...]',
  reports: true,
  options: migrateOptionSpecs,
  examples: migrateExamples,
  run: (call, io) => migrate(call, io),
};

async function migrate(call: Call, io: Io): Promise<CommandOutput> {
  const { options } = call;
  checkModes(options);
  const files = filesIn(io.files, io.cwd);
  const outcome = await runMigrate(await inputOf(call, io, files));
  const written = await write(outcome, options, files);
  await writeIssuers(outcome, options, files, io);
  const base = {
    results: outcome.results,
    run: { labels: Object.fromEntries(options.pairs('label', 'K=V')), inputDigest: outcome.inputDigest },
    data: { ...outcome.data, written: [...written] },
    markdown: migrationMarkdown(outcome.data ?? {}),
  };
  if (options.flag('list')) {
    const { inventory, leftovers } = outcome;
    const outside = outcome.results.filter(isOutsideInventory);
    const results = [...inventoryResults(inventory), ...outside];
    return { ...base, results, stdout: neutralizeForTerminal(inventoryText(inventory, leftovers, outside)) };
  }
  if (!isReportOnStdout(options)) {
    if ((options.text('format') ?? 'text') === 'text') io.log((await findingsOf(outcome, call, io, true)).trimEnd());
    return { ...base, stdout: outcome.stream, isVerbatim: true };
  }
  const wrote = written.map((path) => `wrote ${neutralizeForTerminal(path)}\n`).join('');
  return {
    ...base,
    stdout: `${neutralizeForTerminal(migrationText(outcome.data ?? {}))}${await findingsOf(outcome, call, io, false)}${wrote}`,
  };
}

function isReportOnStdout(options: Options): boolean {
  return options.flag('write') || options.text('out') !== undefined;
}

/** @throws {UsageError} ERR_USAGE when options contradict each other */
function checkModes(options: Options): void {
  const modes = ['out', 'write', 'list'].filter((name) => options.flag(name) || options.text(name) !== undefined);
  if (modes.length > 1) throw new UsageError(`--${modes.join(' and --')} are given together`, 'Give one of them.');
  if (options.flag('force') && options.text('out') === undefined) throw new UsageError('--force is given without --out');
  if (!options.flag('discover') && options.list('scope').length > 0) throw new UsageError('--scope is given without --discover');
  if (options.flag('discover') && options.list('scope').length === 0)
    throw new UsageError(
      '--discover is given without --scope',
      'Name the hosts of the providers that may be asked, as in --scope id.example.com.',
    );
}

async function inputOf(call: Call, io: Io, files: Files): Promise<MigrateInput> {
  const { args, options } = call;
  const live = options.text('live');
  return {
    ...streamOptions(options),
    files,
    paths: args,
    ...(live !== undefined && { live }),
    readStdin: io.readStdin,
    settings: await settingsOf(options, files),
    ...(options.flag('discover') && { discover: (missing) => ask(missing, call, io) }),
  };
}

async function settingsOf(options: Options, files: Files): Promise<MigrateSettings> {
  const map = options.text('issuers');
  const widened = new Set(options.list('allow-widening'));
  const [domain, callers] = [options.domain(), readInternalCallers(options.list('internal-callers'))];
  return {
    oldJwtHandler: options.text('old-jwt-handler') === 'istio' ? 'istio' : 'ory',
    allowMethods: options.text('allow-methods') === 'all' ? 'all' : 'listed',
    allowWidening: (path) => widened.has(path),
    issuers: map === undefined ? [] : parseIssuerMap(await files.readText(map), map),
    takesLiveOnly: !options.flag('write'),
    ...(domain !== undefined && { domain }),
    ...(callers && { internalCallers: callers }),
  };
}

type Discover = NonNullable<MigrateInput['discover']>;

async function ask(missing: Parameters<Discover>[0], call: Call, io: Io): ReturnType<Discover> {
  // What opens sockets is loaded only when somebody is asked.
  const [{ createScope }, { discoverIssuers }, { openIssuerSender }] = await Promise.all([
    import('../../http/scope.js'),
    import('../../migrate/issuers/discover-issuers.js'),
    import('../open-sender.js'),
  ]);
  const scope = createScope({ patterns: call.options.list('scope') });
  const sender = await openIssuerSender(call, io, scope);
  try {
    return await discoverIssuers(missing, sender, scope);
  } finally {
    sender.close();
  }
}

async function write(outcome: MigrateOutcome, options: Options, files: Files): Promise<readonly string[]> {
  const folder = options.text('out');
  if (options.flag('write')) return writeInPlace(files, outcome.output);
  if (folder === undefined) return [];
  return writeToFolder(files, outcome.output, { folder, roots: outcome.roots, force: options.flag('force') });
}

/** @throws {OutputUnwritableError} ERR_OUTPUT_UNWRITABLE when the file is there and was filled in already */
async function writeIssuers({ missingIssuers }: MigrateOutcome, options: Options, files: Files, io: Io): Promise<void> {
  const file = options.text('write-issuers');
  if (file === undefined) return;
  if (missingIssuers.length === 0) {
    io.log('the map of issuers lacks nothing');
    return;
  }
  const text = printIssuerTemplate(missingIssuers);
  const before = (await files.kindOf(file)) === undefined ? undefined : await files.readText(file);
  if (before === text) return;
  if (before !== undefined)
    throw new OutputUnwritableError(file, 'it is there and says something else, and is not written over; give another name');
  await files.writeAtomic(file, text);
  io.log(neutralizeForTerminal(`what is missing about issuers is in ${file}: fill it in, and give it with --issuers`));
}

/** What a reader must know; beside the YAML on standard output only what is not as it was. */
async function findingsOf({ results, data }: MigrateOutcome, call: Call, io: Io, brief: boolean): Promise<string> {
  const checked = data?.['checked'] ?? 0;
  const report = createReport({
    verb: 'migrate',
    run: { labels: {}, inputDigest: '' },
    results: io.redactor.cleanAll(results),
    version: '',
    data: { checked },
  });
  const look = lookOf(call, io);
  return render('text', report, { ...look, quiet: look.quiet || brief });
}
