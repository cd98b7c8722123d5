import { agrees, compareCases, differenceText, isRefusedAlike, type Compared } from './compare';
import { compareEmbedded, embeddedDifferenceText } from './compare-embedded';
import type { ConformanceCase } from './conformance-case';
import { envoyProgram, envoyVersion } from './live-envoy';
import { knownCases } from './known-cases';
import { drawCases } from './random-cases';
import { readVectors, replayVectors, writeVectors } from './vectors';
import { shrinkDifference } from './shrink-case';
import { mintTokens } from './token-recipes';
import { recordVerify } from './verify-requests';

const batch = 50;

/** What `npm run conformance` does. */
interface Settings {
  readonly sets: number;
  readonly requests: number;
  readonly seed: number;
  /** Writes the answers to the vectors. */
  readonly record: boolean;
  /** Only puts the vectors to the model. */
  readonly replay: boolean;
}

function settingsOf(args: readonly string[]): Settings {
  const number = (name: string, otherwise: number): number => {
    const at = args.indexOf(`--${name}`);
    const value = at < 0 ? otherwise : Number(args[at + 1]);
    if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`--${name} needs a whole number`);
    return value;
  };
  const short = args.includes('--short');
  return {
    sets: number('sets', short ? 20 : 200),
    requests: number('requests', 100),
    seed: number('seed', Math.floor(Math.random() * 2 ** 31)),
    record: args.includes('--record'),
    replay: args.includes('--replay'),
  };
}

async function replay(): Promise<number> {
  const files = await readVectors();
  const differences = await replayVectors(files.flatMap(({ cases }) => cases));
  for (const line of differences.slice(0, 10)) console.log(line);
  console.log(
    `${files.flatMap(({ cases }) => cases.flatMap(({ envoy }) => envoy)).length} recorded answers, ${differences.length} differences`,
  );
  return differences.length === 0 ? 0 : 1;
}

async function compare(settings: Settings): Promise<number> {
  const program = await envoyProgram();
  if (program === undefined) {
    console.log('Conformance was not run: no envoy is on the PATH or named in KYMA_GUARD_ENVOY.');
    return 3;
  }
  const version = await envoyVersion(program);
  const drawn = drawCases({ seed: settings.seed, sets: settings.sets, requestsPerSet: settings.requests });
  const known: readonly ConformanceCase[] = knownCases;
  console.log(
    `${version}; seed ${settings.seed}, ${known.length} known cases, ${drawn.length} random rule sets x ${settings.requests} requests`,
  );
  const tokens = await mintTokens();
  const began = Date.now();
  const all: Compared[] = [];
  const cases = [...known, ...drawn];
  for (let at = 0; at < cases.length; at += batch) all.push(...(await compareCases(cases.slice(at, at + batch), tokens)));
  const seconds = (Date.now() - began) / 1000;
  const different = all.filter((one) => !agrees(one));
  for (const one of different.slice(0, 5)) {
    const smallest = await shrinkDifference(one, tokens);
    console.log(`DIFFERENCE ${differenceText(one)}\n  smallest: ${differenceText(smallest)}\n  ${JSON.stringify(smallest.case.manifests)}`);
  }
  if (settings.record) await record(all, known, version, settings);
  const open = all.filter(({ model }) => model.kind === 'unknown').length;
  const passed = all.filter(({ envoy }) => envoy.kind === 'forwarded').length;
  const perMinute = Math.round((all.length / seconds) * 60);
  console.log(
    `${all.length} requests in ${seconds.toFixed(1)} s (${perMinute} per minute), ${passed} forwarded, ${open} left open by the model, ${different.length} differences`,
  );
  const ofVerify = await compareVerify();
  if (different.length > 0)
    console.log(`Again: npm run conformance -- --seed ${settings.seed} --sets ${settings.sets} --requests ${settings.requests}`);
  return different.length + ofVerify === 0 ? 0 : 1;
}

async function record(
  all: readonly Compared[],
  known: readonly ConformanceCase[],
  version: string,
  { seed, sets }: Settings,
): Promise<void> {
  const isKnown = (one: Compared): boolean => known.includes(one.case);
  await writeVectors('known.json', version, all.filter(isKnown));
  if (sets > 0)
    await writeVectors(
      'random.json',
      `${version}, seed ${seed}`,
      all.filter((one) => !isKnown(one)),
    );
}

/** Puts what `verify` sends on the example to the model, the embedded gateway and Envoy; says how many things were wrong. */
async function compareVerify(): Promise<number> {
  const { case: recorded, tokens, raised, sent } = await recordVerify();
  const envoy = await compareCases([recorded], tokens);
  const embedded = await compareEmbedded([recorded], { tokens, isFor: () => true });
  const lines = [
    ...raised.map((id) => `verify raises ${id} at a gateway that decides by the model`),
    // The parser in front of the recording gateway refuses some by itself.
    ...(recorded.requests.length > 0.9 * sent ? [] : [`verify sent ${sent} requests, but ${recorded.requests.length} were recorded`]),
    ...envoy.filter(differs).map(differenceText),
    ...embedded.filter((one) => one.model.kind === 'unknown' || !agrees(one)).map(embeddedDifferenceText),
  ];
  for (const line of lines.slice(0, 5)) console.log(`DIFFERENCE ${line}`);
  const unlike = new Set(recorded.requests.map((request) => JSON.stringify(request))).size;
  console.log(
    `${sent} requests of verify (${unlike} unlike each other), each through model, embedded gateway and Envoy: ${lines.length} differences`,
  );
  return lines.length;
}

/** The example holds nothing that the model may leave open. */
function differs(one: Compared): boolean {
  return one.model.kind === 'unknown' || !(agrees(one) || isRefusedAlike(one));
}

const settings = settingsOf(process.argv.slice(2));
(settings.replay ? replay() : compare(settings)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(4);
  },
);
