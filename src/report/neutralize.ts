// C0 and C1 controls, DEL, halves of surrogate pairs, and the characters that turn the direction of text around or hide it.
const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Cs}]/gu;
const commandAtStart = /^([^\S\n]*)::/gm;
const commandAnywhere = /##(?=\[|vso\[|teamcity\[)/gi;
const xmlCharacters: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
const htmlCharacters: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '|': '&#124;' };

/**
 * Makes text from manifests and targets harmless on a terminal and in a CI log: control characters are shown as `\u001b`,
 * and a line that a CI system would read as a command no longer is one. Every other format builds on it, since each may end in a log.
 */
export function neutralizeForTerminal(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(hidden, shown).replace(commandAtStart, '$1\\::').replace(commandAnywhere, '#\\#');
}

/** As character data or the value of an attribute of XML 1.0, whatever characters it holds. Line breaks stay. */
export function neutralizeForXml(text: string): string {
  return neutralizeForTerminal(text)
    .replace(/[\ufffe\uffff]/g, shown)
    .replace(/[&<>"']/g, (character) => xmlCharacters[character] ?? '');
}

/** As the message of a workflow command of GitHub: what would end the line is written in percent. */
export function neutralizeForWorkflowCommand(text: string): string {
  return neutralizeForTerminal(text).replace(/[%\r\n]/g, percent);
}

/** As the value of a property of a workflow command, where `:` and `,` would end it, too. */
export function neutralizeForWorkflowProperty(text: string): string {
  return neutralizeForTerminal(text).replace(/[%\r\n:,]/g, percent);
}

/**
 * As one line of Markdown that shows the characters and nothing else, in a paragraph or a cell of a table: no markup, no HTML, no link, no
 * mention. What a site would turn into a link after rendering stands as code, so that it can be copied as it is; where it cannot, a zero-width
 * space stands behind it.
 */
export function neutralizeForMarkdown(text: string): string {
  const line = oneLine(text);
  const parts = line.split(linkLike);
  return parts.map((part, index) => (index % 2 === 1 ? `\`${part}\`` : escaped(part, index === 0))).join('');
}

// Addresses of plain characters only, with none beside them that would change what the code is.
const linkLike =
  /(?<![^\s"'(])((?:[a-z][a-z0-9+.-]{0,20}:\/\/|www\.)[\w\-.~:/?#@!&'*+,;=%{}[\]]{0,2000}[\w\-~/=}*%[\]])(?=[.,;:]?(?:[\s"')]|$))/gi;

function oneLine(text: string): string {
  return neutralizeForTerminal(text).replace(/\s+/g, ' ').trim();
}

function escaped(text: string, isStart: boolean): string {
  const inert = text.replace(/[&<>|]/g, (character) => htmlCharacters[character] ?? '').replace(/[\\`*_[\]~$]/g, '\\$&');
  const begun = isStart ? inert.replace(/^([-+=]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}&#8203;` : `\\${start}`)) : inert;
  return begun
    .replace(/(?<!&)#(?=(\d?))/g, (_, digit: string) => (digit === '' ? '\\#' : '\\#&#8203;'))
    .replace(/@|:(?=\/\/)|www(?=\.)/gi, '$&&#8203;');
}

/** As code within a line of Markdown or a cell of a table, to be copied as it is. */
export function neutralizeForMarkdownCode(text: string): string {
  const line = oneLine(text);
  // What would end the code or the cell is shown by escaping instead, which some readers copy along.
  return line === '' || /[`|]/.test(line) ? `<code>${escaped(line, true)}</code>` : `\`${line}\``;
}

/** As a block of code in Markdown whose fence is longer than any in the text. */
export function neutralizeForMarkdownFence(text: string): string {
  const inert = neutralizeForTerminal(text);
  const longest = Math.max(2, ...(inert.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${inert}\n${fence}`;
}

/** As a plain text message of SARIF, in which `[text](target)` would be a link and `{0}` the place of an argument. */
export function neutralizeForSarif(text: string): string {
  return neutralizeForTerminal(text)
    .replaceAll('](', '] (')
    .replace(/\{(?=\d+\})/g, '{ ');
}

/** JSON text that stays inert, and says the same, when it is pasted into a page, a script or a CI log. */
export function neutralizeJson(json: string): string {
  return json
    .replace(/[<>\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (character) => `\\u${hex(character)}`)
    .replace(commandAnywhere, '#\\u0023');
}

function shown(character: string): string {
  return character.length === 1 ? `\\u${hex(character)}` : `\\u{${hex(character)}}`;
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0');
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
