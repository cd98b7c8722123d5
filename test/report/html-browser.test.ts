import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { renderHtml } from '../../src/report/html/html';
import type { Report } from '../../src/report/report';
import { launchChromium, wantsBrowser } from '../support/browser';
import { temporaryFolder } from '../support/temporary-folder';
import { estateOf, oneOfEach, readsOnly, verifyReport } from '../support/verify-report';
import { reportFullOf } from './formats';
import { sampleReport } from './sample-report';

// A browser beside other work takes its time.
jest.setTimeout(120_000);

const pictures = resolve('reports/screenshots');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const inBrowser = wantsBrowser('the html report in Chromium') ? describe : describe.skip;

inBrowser('the html report in Chromium', () => {
  let browser: Browser;
  let weak: Report;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    [browser, weak] = await Promise.all([launchChromium(), verifyReport(readsOnly)]);
    mkdirSync(pictures, { recursive: true });
  });
  afterAll(() => browser.close());
  afterEach(() => page.close());

  async function show(report: Report, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> {
    const file = join(temporaryFolder(), 'report.html');
    writeFileSync(file, renderHtml(report));
    page = await browser.newPage({ viewport: { width: 1400, height: 900 }, ...options });
    complaints = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  const visibleRows = () => page.locator('#matrix tbody tr:visible').count();
  const picture = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });

  test('opens without an error, a complaint or a request', async () => {
    await show(estateOf(weak));
    expect(await page.title()).toBe('kyma-guard verify');
    expect(await page.locator('.verdict').innerText()).toMatch(/^✗ \d+ failed/);
    expect(await visibleRows()).toBe(9);
    expect(complaints).toEqual([]);
  });

  test('filters by route, family and status, and says how much is shown', async () => {
    await show(estateOf(weak));
    await page.getByRole('searchbox', { name: 'Route' }).fill('billing');
    expect(await visibleRows()).toBe(3);
    expect(await page.getByRole('status').innerText()).toMatch(/^3 of 9 routes, \d+ results shown$/);
    await page.getByRole('searchbox', { name: 'Route' }).fill('');
    await page.getByLabel('Family').selectOption({ label: 'Signature' });
    expect(await page.locator('#matrix thead th:visible').allInnerTexts()).toEqual(['Route', 'Signature']);
    // Only statuses that the report has stand there.
    for (const box of await page.getByRole('group', { name: 'Status' }).getByRole('checkbox').all())
      if ((await box.getAttribute('value')) !== 'fail') await box.uncheck();
    const shown = await page.locator('.result:visible code').allInnerTexts();
    expect(new Set(shown.filter((text) => text === 'foreign-key'))).toEqual(new Set(['foreign-key']));
    expect(await page.locator('.result[data-status=pass]:visible').count()).toBe(0);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page
      .getByRole('status')
      .filter({ hasText: /^9 of 9 routes/ })
      .waitFor();
    await expect(visibleRows()).resolves.toBe(9);
    expect(complaints).toEqual([]);
  });

  test('opens a cell by keyboard, with what was expected and seen, and goes back to it', async () => {
    await show(weak);
    const cell = page.getByRole('link', { name: /^got through \d+.\d+ for Signature, GET orders.example.test.orders/ });
    await page.locator('#matrix tbody a').first().focus();
    for (let step = 0; step < 20 && !(await isFocused(cell)); step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Signature: GET orders.example.test/orders' });
    await dialog.waitFor();
    const text = await dialog.innerText();
    for (const part of ['Expected', 'Actual', 'Evidence', 'curl', 'Fix', '$TOKEN']) expect(text).toContain(part);
    await picture('dialog');
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
    expect(await isFocused(cell)).toBe(true);
    expect(complaints).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('has names, roles and contrast for everything, %s', async (colorScheme) => {
    const first = await show(oneOfEach(estateOf(weak)), { colorScheme });
    await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
    expect(await checkWithAxe(page, colorScheme === 'light' ? undefined : 'color-contrast')).toEqual([]);
    await first.close();
    await show(estateOf(weak), { colorScheme });
    await picture(colorScheme);
  });

  test('stands on paper without what only works on a screen', async () => {
    await show(estateOf(weak), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 1050, height: 740 });
    expect(await page.locator('#filter').isVisible()).toBe(false);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    await picture('print');
    writeFileSync(join(pictures, 'print.pdf'), await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(complaints).toEqual([]);
  });

  test('fits a narrow screen: only the tables scroll', async () => {
    await show(estateOf(weak), { viewport: { width: 400, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
    await picture('narrow');
  });

  test('reads as well without a script', async () => {
    await show(weak, { javaScriptEnabled: false });
    expect(await page.locator('#filter').isVisible()).toBe(false);
    await page.locator('#matrix tbody a').first().click();
    expect(page.url()).toMatch(/#r1-closed-to-anonymous$/);
  });

  test('shows the results of an offline verb as a list with a filter', async () => {
    await show(sampleReport);
    await page.getByLabel('Place or text').fill('rules[2]');
    expect(await page.locator('.result:visible').count()).toBe(1);
    expect(await checkWithAxe(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.getByLabel('Place or text').fill('');
    await picture('validate');
  });

  test('runs nothing that a text smuggles in, and its policy would stop it', async () => {
    await show(reportFullOf(`</script></style><script>document.title='owned'</script><img src=x onerror="document.title='owned'">'"`));
    expect([await page.title(), await page.locator('img').count(), complaints]).toEqual(['kyma-guard verify', 0, []]);
    await page.evaluate(`{
      const late = document.createElement('script');
      late.textContent = 'document.title = "owned"';
      const image = new Image();
      image.src = 'http://127.0.0.1:9/pixel';
      document.body.append(late, image);
    }`);
    expect(await page.title()).toBe('kyma-guard verify');
    expect(complaints.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThanOrEqual(2);
  });
});

async function isFocused(place: Locator): Promise<boolean> {
  return (await place.and(place.page().locator(':focus')).count()) === 1;
}

/** What axe finds wrong, in short. It is put in past the policy of the page, as a debugger does. */
async function checkWithAxe(page: Page, rule?: string): Promise<string[]> {
  await page.evaluate(axe);
  const options = JSON.stringify(rule === undefined ? {} : { runOnly: [rule] });
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(`axe.run(${options})`);
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html)
        .join(' | ')}`,
  );
}
