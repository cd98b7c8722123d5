import { createHash } from 'node:crypto';
import { routeMatrix } from '../../model/route-matrix';
import type { Report } from '../report';
import { acceptedSection } from './accepted-section';
import { filterSection } from './filter-section';
import { headSection } from './head-section';
import { isAbout, issuersSection } from './issuers-section';
import { markup, Markup, nothing } from './markup';
import { matrixSection } from './matrix-section';
import { proofSection } from './proof-section';
import { migrationPlanSection } from './migration/plan-section';
import { migrationProofSection } from './migration/proof-section';
import { migratedRulesSection } from './migration/rules-section';
import { objectsOf } from './report-data';
import { otherResults, routeResults } from './results-section';
import { script } from './script';
import { style } from './style';
import { shownStatus } from './words';

/** From so many on, a browser lays out only what it shows. */
const manyRoutes = 50;

/**
 * The report as one page that needs nothing else: no address is fetched, and by its policy none can be. The one script and the one style
 * sheet are allowed by their hash; whatever else a text smuggles in does not run. It reads as well without the script, and on paper.
 *
 * @see https://www.w3.org/TR/CSP3/ (meta element, hashes)
 */
export function renderHtml(report: Report): string {
  const matrix = routeMatrix(report.results);
  const issuers = objectsOf(report.data?.['issuers']);
  const routeless = report.results.filter(({ route }) => !route);
  const others = routeless.filter((result) => !issuers.some((issuer) => isAbout(result, issuer)));
  const statuses = new Set(report.results.map(shownStatus));
  const sections: readonly (readonly [name: string, title: string, body: Markup])[] = [
    ['matrix', 'Access matrix', matrixSection(matrix)],
    ['proof', 'Proven and not proven', proofSection(report, matrix.rows)],
    ['rules', 'Old and new rules', migratedRulesSection(report)],
    ['search', 'What the search shows', migrationProofSection(report)],
    ['plan', 'Plan', migrationPlanSection(report)],
    ['results', 'Results by route', routeResults(matrix)],
    [
      'other',
      matrix.rows.length > 0 ? 'Other results' : 'Results',
      otherResults(others, matrix.rows.length > 0 ? 'Other results' : 'Results'),
    ],
    ['issuers', 'Issuers', issuersSection(issuers, routeless)],
    ['accepted', 'Accepted risks', acceptedSection(report.results)],
  ];
  const filled = sections.filter(([, , body]) => body !== nothing);
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta http-equiv="Content-Security-Policy" content="${policy}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="referrer" content="no-referrer" />
<meta name="generator" content="kyma-guard ${report.tool.version}" />
<title>kyma-guard ${report.verb}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip-link" href="#main">To the results</a>
${headSection(report)}
<nav aria-label="Sections">
<ul>
${filled.map(([name, title]) => markup`<li><a href="#${name}-title">${title}</a></li>`)}
</ul>
</nav>
<main id="main" tabindex="-1"${matrix.rows.length > manyRoutes ? new Markup(' class="many"') : nothing}>
${report.results.length === 0 ? nothing : filterSection(matrix.columns, statuses)}${filled.map(([, , body]) => body)}
</main>
${matrix.rows.length === 0 ? nothing : dialog}
<script>${new Markup(script)}</script>
</body>
</html>
`;
  return page.text;
}

const dialog = markup`<dialog id="cell" aria-labelledby="cell-title">
<header>
<h2 id="cell-title">Results</h2>
<button type="button" class="close">Close</button>
</header>
<div class="body"></div>
</dialog> `;

const policy = [
  `default-src 'none'`,
  `script-src '${hashOf(script)}'`,
  `style-src '${hashOf(style)}'`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ');

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
