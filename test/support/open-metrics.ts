/** One sample as a server would read it. */
export interface ReadSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const metricName = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const labelPair = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)/y;

/**
 * Reads text exposition as strictly as the specification asks: every line of a known form, each metric described once and its lines
 * together, no sample twice, `# EOF` at the end and nothing behind it.
 * @throws {Error} with the line that breaks a rule
 */
export function readOpenMetrics(text: string): ReadSample[] {
  if (!text.endsWith('# EOF\n')) throw new Error('the text does not end in # EOF');
  if (Buffer.from(text).toString('utf8') !== text) throw new Error('the text is no valid UTF-8');
  const families = new Set<string>();
  const seen = new Set<string>();
  const samples: ReadSample[] = [];
  let family = '';
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const [, kind, name = '', rest = ''] = new RegExp(`^# (TYPE|UNIT|HELP) (${metricName}) (.+)$`).exec(line) ?? [];
    if (kind === 'TYPE') {
      if (families.has(name) || rest !== 'gauge') throw new Error(`a metric is described twice, or is no gauge: ${line}`);
      families.add((family = name));
    } else if (kind === 'UNIT' ? name !== family || !name.endsWith(`_${rest}`) : kind === 'HELP' && name !== family) {
      throw new Error(`a description stands away from its metric: ${line}`);
    } else if (kind === undefined) {
      const sample = readSample(line);
      if (sample.name !== family) throw new Error(`a sample stands away from its metric: ${line}`);
      const key = JSON.stringify([sample.name, Object.entries(sample.labels).sort()]);
      if (seen.has(key)) throw new Error(`a sample stands there twice: ${line}`);
      seen.add(key);
      samples.push(sample);
    }
  }
  return samples;
}

function readSample(line: string): ReadSample {
  const [, name = '', , inner = '', value = ''] = new RegExp(`^(${metricName})(\\{(.*)\\})? (-?[0-9.e+]+)$`).exec(line) ?? [];
  if (name === '') throw new Error(`no sample: ${line}`);
  const labels = Object.create(null) as Record<string, string>;
  for (labelPair.lastIndex = 0; labelPair.lastIndex < inner.length;) {
    const at = labelPair.lastIndex;
    const [, label = '', escaped = ''] = labelPair.exec(inner) ?? [];
    if (label === '' || label in labels) throw new Error(`no label at ${inner.slice(at)}: ${line}`);
    labels[label] = escaped.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
  }
  return { name, labels: Object.fromEntries(Object.entries(labels)), value: Number(value) };
}
