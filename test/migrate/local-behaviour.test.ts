import { differences, goldenDomain, statesOf } from '../support/golden-behaviour';
import { goldenNames, writtenBy } from '../support/golden-cases';
import { run } from '../support/local-run';
import { buildRuntime, temporaryFolder } from '../support/local-runtime';

const folder = temporaryFolder();
const names = goldenNames().filter((name) => writtenBy(name).length > 0);
let runtime = '';

beforeAll(() => {
  runtime = buildRuntime(folder.path);
});

afterAll(() => folder.remove());

test.each(names)('%s: the local gateway lets in whom the old one did, but for what the report tells', async (name) => {
  const states = statesOf(name);
  expect(states.pairs.length).toBeGreaterThan(0);
  const running = await run(folder.path, runtime, { manifests: states.manifests, domain: goldenDomain });
  try {
    expect(await differences(states, running)).toEqual([]);
  } finally {
    await running.stop();
  }
});
