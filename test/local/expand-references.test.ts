import fc from 'fast-check';
import { escapeEnvValue } from '../../src/model/env-expansion';
import { expandReferences } from '../../src/local/expand-references';

const known = new Map([
  ['POD', 'p-1'],
  ['A', '$(POD)'],
]);

describe('expansion of environment values', () => {
  it.each([
    ['no dollar', 'no dollar'],
    ['$(POD)', 'p-1'],
    ['x$(POD)y$(POD)', 'xp-1yp-1'],
    ['$(UNKNOWN)', '$(UNKNOWN)'],
    ['$(A)', '$(POD)'],
    ['$$(POD)', '$(POD)'],
    ['$$$(POD)', '$p-1'],
    ['a$$b', 'a$b'],
    ['`${POD}`', '`${POD}`'],
    ['$(POD', '$(POD'],
    ['$', '$'],
    ['$()', '$()'],
  ])('%s arrives as %s', (written, arrives) => {
    expect(expandReferences(written, known)).toBe(arrives);
  });

  it('gives back every text that synth escaped', () => {
    const text = fc.string({ unit: fc.constantFrom('$', '(', ')', 'POD', '{', 'x', '\\') });
    fc.assert(fc.property(text, (source) => expandReferences(escapeEnvValue(source), known) === source));
  });
});
