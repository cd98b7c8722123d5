import { contentDigest } from '../../model/short-digest';
import { neutralizeForTerminal } from '../neutralize';

/** Names and values of one sample. */
export type Labels = Readonly<Record<string, string>>;

/** Longer values are cut, with a digest of the whole at their end, so that two of them stay two. */
const mostCharacters = 160;
/** Labels of a run that are written; more would make a series of their own out of every run. */
const mostRunLabels = 16;
/** Names that samples have for themselves, or that the server gives. */
const taken = new Set([
  'check',
  'claim',
  'host',
  'instance',
  'issuer',
  'job',
  'method',
  'path',
  'severity',
  'shard',
  'state',
  'status',
  'verb',
  'version',
]);

/**
 * The labels of `--label` as every sample carries them: in the characters of a label name, those that would hide another one behind
 * `run_`, sorted, at most 16.
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function runLabels(labels: Labels): Labels {
  const named = new Map<string, string>();
  for (const name of Object.keys(labels).sort()) {
    const legal = name.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)|^__+/, '_');
    const free = taken.has(legal) ? `run_${legal}` : legal;
    if (legal !== '' && named.size < mostRunLabels && !named.has(free)) named.set(free, labels[name] ?? '');
  }
  return Object.fromEntries(named);
}

/** Labels in braces, empty ones left out: to the server they are none. */
export function renderLabels(labels: Labels): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '');
  return pairs.length === 0 ? '' : `{${pairs.map(([name, value]) => `${name}="${escaped(value)}"`).join(',')}}`;
}

function escaped(value: string): string {
  const inert = neutralizeForTerminal(value);
  const characters = Array.from(inert);
  const bounded =
    characters.length <= mostCharacters ? inert : `${characters.slice(0, mostCharacters - 17).join('')}~${contentDigest(value)}`;
  return bounded.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
