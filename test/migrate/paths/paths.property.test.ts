import fc from 'fast-check';
import { readOldPath } from '../../../src/migrate/paths/old-path-automaton';
import { isPath } from '../../../src/migrate/paths/path-segments';
import { translatePath } from '../../../src/migrate/paths/translate-path';
import { anyCharacter, type PathAutomaton } from '../../../src/model/automaton-builder';
import { fullMatch } from '../../../src/model/linear-regex';
import { normalizePath } from '../../../src/model/normalize-request';
import { policyMatcher, policyPath, routeMatcher } from '../../../src/model/path-template';
import { joinAutomata } from '../../../src/model/search/joined-automata';
import { expression, requestPath } from './random-expression';

const alphabet = Array.from(anyCharacter);
const valid = expression.filter((text) => fullMatch(text) !== undefined);

function takes(automaton: PathAutomaton, path: string): boolean {
  const joined = joinAutomata([automaton], alphabet);
  const states = Array.from(path).reduce((at, character) => joined.step(at, alphabet.indexOf(character)), joined.start);
  return joined.accepts(states)[0] === true;
}

/** As route and policy of the new paths do, without any automaton. */
function isTaken(paths: readonly string[], path: string): boolean {
  return paths.some((one) => routeMatcher(one)(path) && policyMatcher(policyPath(one))(path));
}

const matches = (text: string, path: string): boolean => fullMatch(text)?.(path) ?? false;

/** No bracket, and a percent sign only before two digits. */
const isPlain = (path: string): boolean => !/[[\]]|%(?![0-9a-fA-F]{2})/.test(path);

test('the automaton of an expression takes the paths that RE2 says it takes', () => {
  fc.assert(
    fc.property(valid, fc.array(requestPath, { minLength: 1, maxLength: 10 }), (text, paths) => {
      const old = readOldPath(text, 'ory');
      if ('why' in old) return expect(old.why).not.toBe('invalid');
      for (const path of paths) expect([text, path, takes(old.automaton, path)]).toEqual([text, path, matches(text, path)]);
    }),
    { numRuns: 1_000 },
  );
});

test('new paths take nothing that the expression did not take, and every loss has a witness', () => {
  fc.assert(
    fc.property(valid, fc.array(requestPath, { minLength: 1, maxLength: 10 }), (text, requested) => {
      const { paths, dropped, odd, widened, dead, reason } = translatePath(text, { oldJwtHandler: 'ory', allowWidening: false });
      expect([text, paths.filter((path) => !isPath(path)), widened]).toEqual([text, [], undefined]);
      for (const path of requested) {
        const [was, is] = [matches(text, path), isTaken(paths, path)];
        if (is) expect([text, paths, path, was]).toEqual([text, paths, path, true]);
        if (dead) expect([text, path, was]).toEqual([text, path, false]);
        if (was && !is && reason === undefined)
          expect([text, paths, path, isPlain(path), typeof odd]).toEqual([text, paths, path, false, 'string']);
      }
      for (const path of [dropped, odd].flatMap((one) => one ?? []))
        expect([text, path, matches(text, path), isTaken(paths, path), normalizePath(path)]).toEqual([text, path, true, false, path]);
      if (dropped !== undefined) expect([text, isPlain(dropped), typeof reason]).toEqual([text, true, 'string']);
    }),
    { numRuns: 400 },
  );
});

test('wider paths take all that the expression took but odd characters, and the witness of the widening is one', () => {
  fc.assert(
    fc.property(valid, fc.array(requestPath, { minLength: 1, maxLength: 10 }), (text, requested) => {
      const { paths, dropped, widened, dead, reason } = translatePath(text, { oldJwtHandler: 'ory', allowWidening: true });
      expect([text, dropped]).toEqual([text, undefined]);
      if (paths.length === 0) return expect([text, dead ?? /read|large|states/.test(reason ?? '')]).toEqual([text, true]);
      for (const path of requested.filter((one) => matches(text, one) && isPlain(one)))
        expect([text, paths, path, isTaken(paths, path)]).toEqual([text, paths, path, true]);
      if (widened !== undefined)
        expect([text, widened, matches(text, widened), isTaken(paths, widened)]).toEqual([text, widened, false, true]);
    }),
    { numRuns: 400 },
  );
});
