import type { Location, LogicalLocation, Region } from 'sarif';
import type { CheckResult } from '../model/check-result';
import { renderPlace } from './details';
import { neutralizeForTerminal } from './neutralize';

/** A longer line would say little and could be a whole cluster in one line of JSON. */
const longestSnippet = 400;

/** Where a result stands: the file with the line, and the object with the path in it; nothing when neither is known. */
export function toLocations(result: CheckResult): Location[] {
  const { file } = result.where;
  const logical = logicalLocation(result);
  const region = regionOf(result);
  if (file === undefined && !logical) return [];
  return [
    {
      ...(file !== undefined && { physicalLocation: { artifactLocation: { uri: artifactUri(file) }, ...region } }),
      ...(logical && { logicalLocations: [logical] }),
    },
  ];
}

/** A path as a relative reference, or as a `file:` URI when it is absolute. */
export function artifactUri(file: string): string {
  const path = file.replaceAll('\\', '/').replace(/^(\.\/)+(?=.)/, '');
  const [, drive = '', rest = ''] = /^([A-Za-z]:(?=\/))?([\s\S]*)$/.exec(path) ?? [];
  const encoded = rest
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return drive !== '' ? `file:///${drive}${encoded}` : rest.startsWith('/') ? `file://${encoded.replace(/^\/+/, '/')}` : encoded;
}

function regionOf({ where: { line, column, excerpt } }: CheckResult): { region?: Region; contextRegion?: Region } {
  if (line === undefined) return {};
  const region = { startLine: line, ...(column !== undefined && { startColumn: column }) };
  if (excerpt === undefined || excerpt.length > longestSnippet) return { region };
  const snippet = (text: string): Pick<Region, 'snippet'> => ({ snippet: { text: neutralizeForTerminal(text) } });
  return {
    region: { ...region, ...snippet(excerpt.slice((column ?? 1) - 1)) },
    contextRegion: { startLine: line, ...snippet(excerpt) },
  };
}

function logicalLocation(result: CheckResult): LogicalLocation | undefined {
  const { object, path } = result.where;
  const name = result.route ? renderPlace(result) : [object, path].filter(Boolean).join(' ');
  return name === '' ? undefined : { fullyQualifiedName: neutralizeForTerminal(name), kind: result.route ? 'resource' : 'object' };
}
