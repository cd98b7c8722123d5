import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { renderHtml } from '../../src/report/html/html';
import { hostileText } from '../support/hostile-text';
import { reportFullOf } from './formats';
import { sampleReport } from './sample-report';

const page = renderHtml(sampleReport);

/** Every tag with its attributes by name, in order: what a browser makes of the page, without the texts. */
function skeleton(text: string): string[] {
  const body = text.slice(text.indexOf('<body>'));
  return [...body.matchAll(/<(\/?[a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*\/?>/g)].map(
    ([, tag = '', attributes = '']) =>
      `${tag} ${[...attributes.matchAll(/([a-z-]+)(?==|\s|$)(?:="[^"]*")?/g)].map(([, name]) => name).join(' ')}`,
  );
}

test('no text becomes a tag or an attribute', () => {
  const plain = skeleton(renderHtml(reportFullOf('x')));
  fc.assert(
    fc.property(hostileText, (text) => {
      const made = renderHtml(reportFullOf(`x${text}`));
      expect(skeleton(made)).toEqual(plain);
      expect(made.match(/</g)?.length).toBe(renderHtml(reportFullOf('x')).match(/</g)?.length);
    }),
  );
});

test('its policy allows one script and one style sheet by their hash, and nothing else', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(page)?.[1]?.replaceAll('&apos;', "'");
  const hash = (tag: string): string => {
    const [, text = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(page) ?? [];
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  };
  expect(policy).toBe(`default-src 'none'; script-src ${hash('script')}; style-src ${hash('style')}; base-uri 'none'; form-action 'none'`);
  expect([page.match(/<script/g)?.length, page.match(/<style/g)?.length]).toEqual([1, 1]);
});

test('it names no address and has no style or handler at an element', () => {
  expect(page).not.toMatch(/\s(src|style|on\w+)=|url\(|@import|href="(?!#)/);
});
