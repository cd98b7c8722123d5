import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'chrome'];

/** The Chromium of this machine: KYMA_GUARD_CHROMIUM, or the first on the PATH. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = env['KYMA_GUARD_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = (env['PATH'] ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}

/** True when tests that need a browser are to be run: there is one, or this is CI, where nobody would read that they were skipped. */
export function wantsBrowser(what: string): boolean {
  if (findChromium() !== undefined || process.env['CI'] !== undefined) return true;
  process.stderr.write(`SKIPPED: ${what}: there is no Chromium; install it or name it with KYMA_GUARD_CHROMIUM\n`);
  return false;
}

export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('there is no Chromium; .ci/run installs it, or name it with KYMA_GUARD_CHROMIUM');
  return chromium.launch({ executablePath });
}
