const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells) => `| ${cells.map((text) => cell(String(text))).join(' | ')} |`;

/** Text that was written for people, not for Markdown: what would become markup shows as it is. */
export const plain = (text) => text.replace(/[<>*_[\]`~]/g, '\\$&');

/** A table of texts. */
export const table = (head, rows) => [row(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(row)].join('\n');

/** A block of code. */
export const code = (language, text) => ['```' + language, text.trimEnd(), '```'].join('\n');
