import fc from 'fast-check';
import { normalizePath } from '../../../src/model/normalize-request';

const atom = fc.constantFrom(
  ...[
    'a',
    'b',
    'ab',
    'v1',
    '/',
    '/',
    '/',
    '.',
    '\\.',
    '-',
    '_',
    '0',
    '%20',
    '\\w',
    '\\W',
    '\\d',
    '\\D',
    '\\s',
    '[^/]',
    '[^/]',
    '[ab]',
    '[^a]',
  ],
  ...[
    '[a-c.]',
    '[[:alpha:]]',
    '[]a]',
    '[^]]',
    '\\x61',
    '\\pL',
    '\\Qa+b\\E',
    '[\\w-]',
    '\\+',
    '\\[',
    '~',
    '!',
    "'",
    ':',
    '@',
    '$',
    '^',
    '\\z',
    '\\A',
    '{',
  ],
);
const repetition = fc.constantFrom('', '', '', '*', '+', '?', '*?', '{2}', '{0,2}', '{1,}', '{3,4}');
const opening = fc.constantFrom('(', '(', '(?:', '(?i:', '(?P<n>', '(?i-s:', '(?U:');

const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.tuple(atom, repetition).map(([text, times]) => text + times),
    fc.tuple(tie('tree'), tie('tree')).map(([one, other]) => one + other),
    fc.tuple(opening, tie('tree'), tie('tree'), repetition).map(([open, one, other, times]) => `${open}${one}|${other})${times}`),
    fc.tuple(opening, tie('tree'), repetition).map(([open, one, times]) => `${open}${one})${times}`),
    fc.tuple(fc.constantFrom('', '(?i)', '(?s)'), tie('tree')).map(([flags, one]) => `${flags}${one}`),
  ),
}));

/** Expressions that somebody may have written as the path of a rule, and some that nobody would. */
export const expression: fc.Arbitrary<string> = fc.oneof(
  fc.array(tree, { minLength: 1, maxLength: 3 }).map((parts) => `/${parts.join('/')}`),
  fc
    .array(fc.constantFrom('a', 'b', '[^/]+', '.*', '(.*)', '[12]', '(a|b)', '\\w+', 'a.*', 'v1.0', '(b/.*)?'), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) => `/${parts.join('/')}`),
  fc.tuple(tree, fc.constantFrom('', '(/.*)?', '/?', '(.*)', '/.*', '$')).map(([text, end]) => `/${text}${end}`),
  tree,
);

/** Paths as a gateway sees them. */
export const requestPath: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      '/',
      '/',
      'a',
      'a',
      'b',
      'ab',
      'v1',
      '.',
      '.0',
      '0',
      '1',
      'A',
      '%20',
      '%2F',
      '%',
      '[',
      ']',
      '~',
      '+',
      '-',
      '_',
      ';',
      'c',
      ':',
      '$',
    ),
    {
      maxLength: 9,
    },
  )
  .map((parts) => `/${parts.join('')}`)
  .filter((path) => normalizePath(path) === path);
