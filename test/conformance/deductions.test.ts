import { readFile } from 'node:fs/promises';
import { compareCases, type Compared } from './compare';
import { placeCase } from './conformance-case';
import { deductions } from './deductions';
import { knownCases } from './known-cases';
import { envoyProgram } from './live-envoy';
import { modelOutcome, outcomeText } from './outcome';
import { mintTokens, type MintedTokens } from './token-recipes';

let tokens: MintedTokens;
let compared: readonly Compared[] | undefined;

beforeAll(async () => {
  tokens = await mintTokens();
  if ((await envoyProgram()) !== undefined) compared = await compareCases(knownCases, tokens);
  else console.warn('Conformance was not run: no envoy is on the PATH or named in KYMA_GUARD_ENVOY. Recorded answers were replayed.');
}, 60_000);

describe.each(deductions)('$verdict: $title', ({ title, manifests, requests }) => {
  test('by Envoy', () => {
    if (!compared) return;
    const said = compared
      .filter((one) => one.case.name === title)
      .map(({ envoy, request }) => `${request.method} ${request.target} ${outcomeText(envoy)}`);
    expect(said).toEqual(requests.map(({ call, expected }) => `${call.method} ${call.target} ${expected}`));
  });

  test('by the model', async () => {
    const placed = placeCase({ name: title, manifests, requests: requests.map(({ call }) => call) }, 'c0', tokens.texts);
    const said = await Promise.all(placed.requests.map(({ access }) => modelOutcome(placed.objects, access, tokens.factOf)));
    expect(said.map(outcomeText)).toEqual(requests.map(({ expected }) => expected));
  });
});

test('docs/access-model.md names every deduction with its verdict', async () => {
  const text = await readFile('docs/access-model.md', 'utf8');
  const lines = deductions.map(({ belief, verdict, title }) => `| ${belief} | ${verdict} | ${title} |`);
  expect(lines.filter((line) => !text.includes(line))).toEqual([]);
});
