import fc from 'fast-check';
import { rewriteAll } from '../../support/rewrite';
import { runs } from '../../support/runs';

/** Comments of one line; none that YAML or the test could take for another. */
const word = fc.stringMatching(/^[a-z]{3,8}$/);

interface Draft {
  readonly name: string;
  readonly comments: readonly string[];
  readonly indent: number;
  readonly dash: number;
  readonly windows: boolean;
  readonly blank: boolean;
  readonly order: boolean;
}

const draft: fc.Arbitrary<Draft> = fc.record({
  name: word,
  comments: fc.uniqueArray(word, { minLength: 12, maxLength: 12 }),
  indent: fc.constantFrom(2, 4),
  dash: fc.constantFrom(0, 2),
  windows: fc.boolean(),
  blank: fc.boolean(),
  order: fc.boolean(),
});

/** An old APIRule with a comment wherever one may stand, between two documents of others. */
function textOf({ name, comments, indent, dash, windows, blank }: Draft): string {
  const [step, item] = [' '.repeat(indent), ' '.repeat(indent + dash)];
  const gap = blank ? [''] : [];
  const c = (at: number): string => `# ${comments[at] ?? ''}`;
  const lines = [
    ...[`# ${name} before`, 'kind:   ConfigMap', `apiVersion: v1 # odd   spaces`, 'metadata: {name:   x}', '---'],
    ...[c(0), 'apiVersion: gateway.kyma-project.io/v1beta1', 'kind: APIRule', `metadata: {name: ${name}} ${c(1)}`],
    ...[`spec: ${c(2)}`, `${step}${c(3)}`, `${step}host: ${name}.example.com ${c(4)}`, ...gap],
    ...[`${step}rules: ${c(5)}`, `${item}${c(6)}`, `${item}- path: /.* ${c(7)}`, `${item}  methods: ["GET"]`],
    ...[`${item}  accessStrategies:`, `${item}  ${c(8)}`, `${item}  - handler: noop ${c(9)}`, ...gap],
    ...[
      `${item}${c(10)}`,
      `${item}- path: /b`,
      `${item}  methods: [GET] ${c(11)}`,
      '# behind',
      '---',
      'kind:   Other',
      'apiVersion: v1',
      'metadata: {name: y}',
      '',
    ],
  ];
  return lines.join(windows ? '\r\n' : '\n');
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

test('no comment is lost or doubled, foreign documents stay, and lines end as they ended', () => {
  fc.assert(
    fc.property(draft, (made) => {
      const before = textOf(made);
      const rules = [
        { path: '/b', methods: ['GET'], noAuth: true },
        { path: '/*', methods: ['GET'], noAuth: true },
      ];
      const spec = { hosts: [`${made.name}.example.com`], rules: made.order ? rules : [...rules].reverse() };
      const { text, refused } = rewriteAll(before, spec, made.order ? [1, 0] : [0, 1]);
      expect(refused).toEqual([]);
      for (const comment of made.comments) expect([comment, count(text, `# ${comment}`)]).toEqual([comment, count(before, `# ${comment}`)]);
      const [head, foot] = [before.slice(0, before.indexOf('apiVersion: gateway')), before.slice(before.indexOf('# behind'))];
      expect([text.startsWith(head), text.endsWith(foot)]).toEqual([true, true]);
      expect(/[^\r]\n/.test(text)).toBe(!made.windows);
    }),
    { numRuns: runs(100) },
  );
});
