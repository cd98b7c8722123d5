import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { renderHtml } from '../../src/report/html/html';
import { launchChromium, wantsBrowser } from '../support/browser';
import { temporaryFolder } from '../support/temporary-folder';
import { manyHosts, readsOnly, verifyReport } from '../support/verify-report';

// A browser beside other work takes its time: the limits are far above what it takes alone, and far below what nobody waits for.
jest.setTimeout(240_000);

const inBrowser = wantsBrowser('the html report of 1,000 routes in Chromium') ? describe : describe.skip;

inBrowser('the html report of 1,000 routes', () => {
  let browser: Browser;
  let page: Page;
  let bytes: number;

  beforeAll(async () => {
    const [sound, weak] = await Promise.all([verifyReport(), verifyReport(readsOnly)]);
    const html = renderHtml(manyHosts(sound, weak, 334));
    bytes = Buffer.byteLength(html);
    const file = join(temporaryFolder(), 'report.html');
    writeFileSync(file, html);
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(pathToFileURL(file).href, { timeout: 90_000 });
  });
  afterAll(() => browser.close());

  /** Does something to the filter as its user does, and waits until it is painted. */
  const after = (wish: string): Promise<{ ms: number; shown: string; rows: number; groups: number }> =>
    page.evaluate(`new Promise((resolve) => {
      const start = performance.now();
      const form = document.getElementById('filter');
      ${wish};
      form.dispatchEvent(new Event('input'));
      const visible = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length > 0).length;
      requestAnimationFrame(() => setTimeout(() => resolve({
        ms: performance.now() - start,
        shown: document.getElementById('shown').value,
        rows: visible('#matrix tbody tr'),
        groups: visible('.group[data-route]'),
      })));
    })`);

  test('is a file that can be mailed, and opens', async () => {
    expect(await page.locator('.verdict').innerText()).toMatch(/failed/);
    expect(bytes / 1_000_000).toBeLessThan(27);
    expect((await after('')).shown).toMatch(/^1002 of 1002 routes, 2\d{4} results shown$/);
  });

  test('filters by route, family and status', async () => {
    const host = await after(`form.elements.text.value = 'h12.'`);
    expect(host).toMatchObject({ rows: 3, groups: 3, shown: expect.stringMatching(/^3 of 1002 routes, \d+ results shown$/) });
    const family = await after(`form.elements.text.value = ''; form.elements.column.value = 'signature'`);
    expect(family).toMatchObject({ rows: 668, groups: 668 });
    const failed = await after(
      `form.elements.column.value = ''; for (const box of form.elements.status) box.checked = box.value === 'fail'`,
    );
    expect(failed).toMatchObject({ rows: 68, groups: 68 });
    expect(
      await page.evaluate(
        `[...document.querySelectorAll('.result')].filter((one) => one.checkVisibility()).every((one) => one.dataset.status === 'fail')`,
      ),
    ).toBe(true);
    for (const { ms } of [host, family, failed]) expect(ms).toBeLessThan(15_000);
  });

  test('opens a cell with all its results, whatever the filter hides', async () => {
    await page.evaluate(`document.querySelector('#matrix tbody tr:not([hidden]) td[data-status=fail] a').click()`);
    expect(await page.evaluate(`document.getElementById('cell').open`)).toBe(true);
    const shown = await page.evaluate(`[...document.querySelectorAll('#cell .result')].map((one) => one.checkVisibility())`);
    expect(new Set(shown as boolean[])).toEqual(new Set([true]));
  });
});
