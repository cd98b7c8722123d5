import fc from 'fast-check';

const pieces = [
  ...[
    'a',
    ' ',
    '\n',
    '\r',
    '\t',
    '\u001b[31m',
    '\u0000',
    '\u009b',
    '\u202e',
    '\u2028',
    '\u200b',
    '\ufffe',
    '\ud800',
    '\udfff',
    '\u{e0041}',
  ],
  ...[']]>', '<!--', '-->', '<script>', '</failure>', '&amp;', '&#0;', '"', "'", '<', '>'],
  ...['::error::', '::set-output name=a::b', '##[error]', '##vso[task.complete]', '##', '[', '::', '%0A', '%', ',', ':', '=', ';'],
  ...[
    '`',
    '```',
    '~~~',
    '|',
    '\\',
    '*',
    '_',
    '[a](https://b)',
    '![',
    '](',
    '@user',
    '#1',
    'www.a.b',
    'https://a',
    '$',
    '{0}',
    '- ',
    '1. ',
    '\n\n',
  ],
];

/** Text as somebody writes it who wants to break out of an output: of the terminal, XML, a workflow command, Markdown, a message of SARIF. */
export const hostileText = fc.oneof(
  fc.string({ unit: fc.constantFrom(...pieces), maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 2 })), maxLength: 20 }),
);
