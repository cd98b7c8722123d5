import { resolve } from 'node:path';
import { closest } from '../../model/closest';
import { UsageError } from '../../model/errors';
import { isFinding } from '../../report/order';
import { diffReports } from '../../report/diff';
import { mergeReports } from '../../report/merge';
import { readReport } from '../../report/read-report';
import type { Report, RuleDescription } from '../../report/report';
import type { Call, CommandOutput, CommandSpec } from '../command';
import type { Io } from '../io';

export const reportCommand: CommandSpec = {
  name: 'report',
  summary: 'Show, merge or compare reports that were written as JSON',
  arguments: '<file|merge|diff> [files...]',
  reports: true,
  options: [],
  examples: [
    ['kyma-guard report verify.json --format html > verify.html', 'any other format of a report'],
    ['kyma-guard report merge shard-*.json --report html=verify.html', 'one report out of several runs; the worst of each result counts'],
    ['kyma-guard report diff yesterday.json today.json', 'worse, new, unclear, gone, better; exit code 1 when something got worse'],
    ['kyma-guard report ./merge', 'a file of that name'],
  ],
  run: (call, io) => run(call, io),
};

async function run({ args }: Call, io: Io): Promise<CommandOutput> {
  const [first = '', ...rest] = args;
  if (first === 'diff') return diff(rest, io);
  if (first === 'merge') {
    const [one, ...others] = await reportsOf(rest, io);
    if (!one || others.length === 0) throw new UsageError('report merge needs two reports or more');
    return shown(mergeReports([one, ...others]));
  }
  if (rest.length > 0) {
    const near = closest(first, ['merge', 'diff']);
    const meant = near === undefined ? '' : `; did you mean "report ${near}"?`;
    throw new UsageError(`report shows one file, ${args.length} are given${meant}`, 'Put merge or diff before them.');
  }
  return shown(await reportOf(first, io));
}

async function diff(files: readonly string[], io: Io): Promise<CommandOutput> {
  const [before, after, ...others] = files;
  if (before === undefined || after === undefined || others.length > 0)
    throw new UsageError('report diff needs two reports: the old one and the new one');
  const [old, now] = [await reportOf(before, io), await reportOf(after, io)];
  const { results, data } = diffReports(old, now);
  // However small, what got worse is what was asked for.
  return { results, data, threshold: 'info', undecided: results.some(({ status }) => status === 'error'), run: now.run };
}

/** One after another: of large reports no more than one text is in memory. */
async function reportsOf(files: readonly string[], io: Io): Promise<Report[]> {
  const reports: Report[] = [];
  for (const file of files) reports.push(await reportOf(file, io));
  return reports;
}

async function reportOf(file: string, { files, cwd, readStdin }: Io): Promise<Report> {
  return file === '-' ? readReport(await readStdin(), '<stdin>') : readReport(await files.readText(resolve(cwd, file)), file);
}

/** A report as its own verb would have shown it, with the exit code that it would have had. */
async function shown({ verb, tool, run, results, data }: Report): Promise<CommandOutput> {
  const undecided = verb === 'verify' ? { undecided: await isOpen(results) } : {};
  return {
    ...{ results, run, ...undecided, rules: await rulesOf(verb), shownAs: { verb, version: tool.version } },
    ...(data && { data }),
    threshold: verb === 'validate' ? 'info' : 'medium',
  };
}

async function isOpen(results: Report['results']): Promise<boolean> {
  if (!results.some((result) => isFinding(result) && result.status === 'error')) return false;
  const { isUndecidedClaim } = await import('../../verify/undecided.js');
  return results.some(isUndecidedClaim);
}

async function rulesOf(verb: string): Promise<readonly RuleDescription[]> {
  if (verb === 'verify') return (await import('../../verify/describe-checks.js')).probeRules();
  if (verb !== 'validate') return [];
  return (await import('../../validate/rules-of-run.js')).ruleReference().map((rule) => ({ ...rule, docs: `docs/checks.md#${rule.id}` }));
}
