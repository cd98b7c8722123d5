import type { Report } from './report';

// Escaped so that the text stays inert when it is pasted into a page or a script.
const unsafe = /[<>\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** The report as one JSON object, two spaces deep, ending in a line feed. */
export function renderJson(report: Report): string {
  const text = JSON.stringify(report, null, 2);
  return `${text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
