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
import { runs } from '../../support/runs';

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

const requested = fc.array(requestPath, { minLength: 1, maxLength: 10 });

test('the automaton of an expression takes the paths that RE2 says it takes', () => {
  fc.assert(
    fc.property(valid, requested, (text, paths) => {
      const old = readOldPath(text, 'ory');
      const wrong = 'why' in old ? [] : paths.filter((path) => takes(old.automaton, path) !== matches(text, path));
      expect([text, wrong, 'why' in old && old.why === 'invalid']).toEqual([text, [], false]);
    }),
    { numRuns: runs(1_000) },
  );
});

test('new paths take nothing that the expression did not take', () => {
  fc.assert(
    fc.property(valid, requested, (text, tried) => {
      const { paths, widened } = translatePath(text, { oldJwtHandler: 'ory', allowWidening: false });
      const wrong = tried.filter((path) => isTaken(paths, path) && !matches(text, path));
      expect([text, paths.filter((path) => !isPath(path)), widened, wrong]).toEqual([text, [], undefined, []]);
    }),
    { numRuns: runs(400) },
  );
});

test('every loss has a witness, and where none is told there is none', () => {
  fc.assert(
    fc.property(valid, requested, (text, tried) => {
      const { paths, dropped, odd, dead, reason } = translatePath(text, { oldJwtHandler: 'ory', allowWidening: false });
      const lost = (path: string): boolean => matches(text, path) && !isTaken(paths, path) && normalizePath(path) === path;
      const witnesses = [dropped ?? [], odd ?? []].flat();
      const untold = reason === undefined || dead ? tried.filter((path) => lost(path) && (odd === undefined || isPlain(path))) : [];
      expect([text, witnesses.filter((path) => !lost(path)), untold]).toEqual([text, [], []]);
      expect([dropped === undefined || isPlain(dropped), odd === undefined || !isPlain(odd)]).toEqual([true, true]);
      expect(dropped === undefined || reason !== undefined).toBe(true);
    }),
    { numRuns: runs(400) },
  );
});

test('wider paths take all that the expression took but odd characters, and a widening has a witness', () => {
  fc.assert(
    fc.property(valid, requested, (text, tried) => {
      const { paths, dropped, widened, dead, reason } = translatePath(text, { oldJwtHandler: 'ory', allowWidening: true });
      const isUnread = paths.length === 0 && (dead ?? /read|large|states/.test(reason ?? ''));
      const lost = isUnread ? [] : tried.filter((path) => matches(text, path) && isPlain(path) && !isTaken(paths, path));
      const untrue = [widened ?? []].flat().filter((path) => matches(text, path) || !isTaken(paths, path));
      expect([text, paths, dropped, lost, untrue]).toEqual([text, isUnread ? [] : paths, undefined, [], []]);
      expect([text, isUnread || paths.length > 0]).toEqual([text, true]);
    }),
    { numRuns: runs(400) },
  );
});
