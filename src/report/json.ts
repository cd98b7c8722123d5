import { neutralizeJson } from './neutralize';
import type { Report } from './report';

/** The report as one JSON object, two spaces deep, ending in a line feed. */
export function renderJson(report: Report): string {
  return `${neutralizeJson(JSON.stringify(report, null, 2))}\n`;
}
