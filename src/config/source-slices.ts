/** One top-level member of a file: as a whole, or, where it is a long mapping, cut between its own members. */
export interface Member {
  /** Texts that are YAML mappings of their own; a cut member has no line with its own name. */
  readonly texts: readonly string[];
  /** Name under which the mappings in `texts` stand; absent when the text holds its name itself. */
  readonly name?: string;
}

/** In characters. Trees of longer pieces outlive a young garbage collection and raise the peak. */
const sliceLength = 8 * 1024;
const keyLine = /^( *)(?:"[^"\\]*"|'[^']*'|[A-Za-z0-9_.-]+):(?:[ \r]|$)/;

/**
 * Cuts a long file at its keys, so that it can be parsed piece by piece: the parser needs about a hundred times the size of its text. Cuts only
 * where every piece is a block mapping of its own.
 * @returns undefined when the text is of another form; then it has to be parsed whole
 */
export function cutSource(text: string): readonly Member[] | undefined {
  if (/^(%|---|\.\.\.|\t|\uFEFF)/m.test(text)) return undefined;
  const members = cutAt(text, 0);
  return members?.map((member) => cutMember(member) ?? { texts: [member] });
}

function cutMember(text: string): Member | undefined {
  if (text.length < sliceLength) return undefined;
  const end = text.indexOf('\n');
  const name = /^([A-Za-z0-9_.-]+):\s*(?:#.*)?$/.exec(text.slice(0, end))?.[1];
  const body = text.slice(end + 1);
  const indent = /^ *(?=[^ #\r\n])/m.exec(body)?.[0].length ?? 0;
  const entries = name === undefined || indent === 0 ? undefined : cutAt(body, indent);
  return entries && name !== undefined ? { name, texts: joined(entries) } : undefined;
}

/** Pieces that each begin with a key at `indent`; comments and empty lines belong to the piece before them. */
function cutAt(text: string, indent: number): string[] | undefined {
  const starts: number[] = [];
  for (let start = 0; start < text.length;) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, Math.min(end, start + 512));
    const depth = line.search(/[^ ]/);
    const isBlank = depth < 0 || line[depth] === '#' || line[depth] === '\r';
    if (!isBlank && depth < indent) return undefined;
    if (!isBlank && depth === indent) {
      if (!keyLine.test(line)) return undefined;
      starts.push(start);
    }
    start = end + 1;
  }
  return starts.map((start, index) => text.slice(start, starts[index + 1]));
}

function joined(entries: readonly string[]): string[] {
  const slices: string[] = [];
  let slice = '';
  for (const entry of entries) {
    slice += entry;
    if (slice.length < sliceLength) continue;
    slices.push(slice);
    slice = '';
  }
  return slice === '' ? slices : [...slices, slice];
}
