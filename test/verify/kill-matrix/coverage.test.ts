import { readFileSync } from 'node:fs';
import { families } from '../../../src/model/family';
import { allIssuerChecks } from '../../../src/verify/issuer-checks/all-issuer-checks';
import { allProbes } from '../../../src/verify/probes/all-probes';
import { publicOpen } from '../../../src/verify/probes/public-open';
import { allTokenChecks } from '../../../src/verify/token-checks/all-token-checks';
import { soundCatalogue, weakCatalogue } from '../../gateways/catalogue';
import { weakDeployments } from '../../gateways/weak-deployments';

const ids = [...allProbes, ...allIssuerChecks, ...allTokenChecks, publicOpen].map(({ id }) => id);

test('every probe and every check has a weak deployment that it catches', () => {
  const caught = new Set(weakDeployments.flatMap(({ raises }) => raises));
  expect(ids.filter((id) => !caught.has(id))).toEqual([]);
});

test('ids and names of deployments are given once', () => {
  expect(new Set(ids).size).toBe(ids.length);
  const names = [...weakCatalogue, ...soundCatalogue].map(({ name }) => name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('there are sixty weak deployments at least, and several for each family', () => {
  expect(weakCatalogue.length).toBeGreaterThanOrEqual(60);
  const found = (family: string): number => {
    const own = new Set(allProbes.filter((probe) => probe.family === family).map(({ id }) => id));
    return weakCatalogue.filter(({ raises }) => raises.some((id) => own.has(id))).length;
  };
  expect(families.filter((family) => found(family) < 5)).toEqual([]);
});

test.each(['in the manner of Istio', 'made of Express', 'made of Fastify', 'made of Envoy', 'behind 404', 'single-page application'])(
  'one of the sound deployments is %s',
  (kind) => {
    expect(soundCatalogue.filter(({ name }) => name.includes(kind)).length).toBeGreaterThan(0);
  },
);

test('what docs/probes.md names instead of what is not tried is there', () => {
  const page = readFileSync('docs/probes.md', 'utf8');
  const section = page.slice(page.indexOf('\n## What is not tried\n'), page.indexOf('\n## What they are tried on\n'));
  const named = [...section.matchAll(/`([a-z0-9-]+)`/g)]
    .map(([, name]) => name!)
    .filter((name) => name.includes('-') && !name.startsWith('--'));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !ids.includes(name))).toEqual([]);
});
