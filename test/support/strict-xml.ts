/** An element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly elements: XmlElement[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const tokens = /<\?xml [^?]*\?>|<\/([A-Za-z][\w.-]*)\s*>|<([A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w.-]*="[^"<]*")*)\s*(\/?)>|([^<]+)/y;

/**
 * Reads the part of XML 1.0 that a report needs, and nothing that is not well-formed: no comments, no sections, no document type.
 * @throws Error with the place of the first fault
 */
export function parseStrictXml(text: string): XmlElement {
  if (illegal.test(text)) throw new Error('a character is not allowed in XML 1.0');
  const document: XmlElement = { name: '', attributes: {}, elements: [], text: '' };
  const open = [document];
  tokens.lastIndex = 0;
  while (tokens.lastIndex < text.length) {
    const at = tokens.lastIndex;
    const match = tokens.exec(text);
    const parent = open.at(-1);
    if (!match || !parent) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 40)}`);
    const [whole, closing, opening, attributes = '', empty, data] = match;
    if (whole.startsWith('<?') && at > 0) throw new Error('the declaration is not the first thing');
    if (closing !== undefined && open.pop()?.name !== closing) throw new Error(`</${closing}> at ${at} closes nothing`);
    if (data !== undefined) parent.text += characterData(data);
    if (opening === undefined) continue;
    const element = { name: opening, attributes: readAttributes(attributes), elements: [], text: '' };
    parent.elements.push(element);
    if (empty === '') open.push(element);
  }
  const [root, ...others] = document.elements;
  if (open.length !== 1 || !root || others.length > 0 || document.text.trim() !== '') throw new Error('there is not exactly one root');
  return root;
}

/** Every element below one, itself included. */
export function everyElement(element: XmlElement): XmlElement[] {
  return [element, ...element.elements.flatMap(everyElement)];
}

function readAttributes(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([A-Za-z][\w.-]*)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value] as const);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error('an attribute stands twice');
  // As a parser normalizes: white space that is not written as a reference becomes a blank.
  return Object.fromEntries(pairs.map(([name, value]) => [name, unescape(value.replace(/[\t\n\r]/g, ' '))]));
}

function characterData(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> stands in character data');
  return unescape(text.replace(/\r\n?/g, '\n'));
}

function unescape(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+))?(;?)/g, (whole, code: string | undefined, name: string | undefined, end: string) => {
    const value = code === undefined ? entities[name ?? ''] : String.fromCodePoint(Number(code));
    if (value === undefined || end === '' || illegal.test(value)) throw new Error(`${whole} is no reference`);
    return value;
  });
}
