import fc from 'fast-check';

const literal = fc.stringMatching(/^[a-c]{0,2}$/);
const oneOperator = fc.constantFrom('{*}', 'a', 'b', 'ab');

/** Templates that the schema takes and the controller does not refuse: at most one `{**}`, after which no operator stands. */
export const template: fc.Arbitrary<string> = fc
  .tuple(fc.array(oneOperator, { maxLength: 3 }), fc.option(fc.constant('{**}'), { nil: undefined }), fc.array(literal, { maxLength: 2 }))
  .map(([head, many, tail]) => `/${[...head, ...(many === undefined ? [] : [many]), ...tail].join('/')}`);

/** Templates, and paths with characters that become operators of the regular expression. */
export const routablePath: fc.Arbitrary<string> = fc.oneof(template, fc.constantFrom('/*', '/v1.0', '/a+b', '/(a)b', '/a$', '/((a+)+)+b'));

/** Concrete paths made of the same few letters, so that they often match. */
export const concretePath: fc.Arbitrary<string> = fc
  .array(literal, { minLength: 1, maxLength: 5 })
  .map((segments) => `/${segments.join('/')}`);
