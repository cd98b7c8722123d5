import { dirname, relative, sep } from 'node:path';
import { checkResult, type CheckResult } from '../model/check-result';
import type { Found } from './walk';

/** Names that a result lists at most. */
const listed = 5;

/** Files of a Helm chart that are no manifests, or not yet. */
export interface ChartFiles {
  /** Takes a file that describes the chart or its values; false for every other file. */
  takeDescription(found: Found): boolean;
  /** Takes a template; false for a file of another folder and for one that needs no rendering. */
  takeTemplate(found: Found, text: string): boolean;
  /** One result for each chart and kind of file that was taken. */
  results(): CheckResult[];
}

/** Begins to collect what belongs to charts. */
export function createChartFiles(): ChartFiles {
  const descriptions = new Map<string, string[]>();
  const templates = new Map<string, string[]>();
  const take = (to: Map<string, string[]>, { chart, path }: Found): boolean => {
    if (chart === undefined) return false;
    const files = to.get(chart);
    if (files) files.push(path);
    else to.set(chart, [path]);
    return true;
  };
  return {
    takeDescription: (found) => isDescription(found) && take(descriptions, found),
    takeTemplate: (found, text) => isTemplate(found, text) && take(templates, found),
    results: () => [
      ...[...descriptions].map(([chart, files]) => describedResult(chart, files)),
      ...[...templates].map(([chart, files]) => templateResult(chart, files)),
    ],
  };
}

function isDescription({ chart, path, name }: Found): boolean {
  return chart !== undefined && dirname(path) === chart && /^(?:Chart\.yaml|values.*\.(?:ya?ml|json)|requirements\.yaml)$/.test(name);
}

function isTemplate({ chart, path }: Found, text: string): boolean {
  return chart !== undefined && relative(chart, path).startsWith(`templates${sep}`) && text.includes('{{');
}

/** The result for files that are of use to another program. */
export function notAManifest(file: string, message: string): CheckResult {
  return checkResult({
    id: 'file-not-a-manifest',
    status: 'skip',
    severity: 'info',
    title: 'Files of other programs are not checked',
    message,
    where: { file },
  });
}

function describedResult(chart: string, files: readonly string[]): CheckResult {
  return notAManifest(
    files[0] ?? chart,
    `${namesOf(chart, files)}: ${files.length === 1 ? 'a file' : 'files'} of a Helm chart, no manifest`,
  );
}

function templateResult(chart: string, files: readonly string[]): CheckResult {
  return checkResult({
    id: 'chart-not-rendered',
    status: 'error',
    severity: 'medium',
    title: 'A chart is rendered before it is checked',
    message: `${namesOf(chart, files)}: ${files.length === 1 ? 'a template' : 'templates'} of a Helm chart, not checked`,
    fix: `Render the chart first: helm template ${chart} | kyma-guard validate -`,
    where: { file: files[0] ?? chart },
  });
}

function namesOf(chart: string, files: readonly string[]): string {
  const names = files.slice(0, listed).map((file) => relative(chart, file).split(sep).join('/'));
  return `${names.join(', ')}${files.length > listed ? ` and ${files.length - listed} more` : ''}`;
}
