import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { diskFiles } from '../../src/files/files';
import { runSynth, type SynthOutcome } from '../../src/synth/run-synth';
import { renderFields, renderGoTemplate, type Parameters } from '../support/go-template';
import { temporaryFolder } from '../support/temporary-folder';

interface Application {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly source: { readonly path: string; readonly repoURL: string }; readonly destination: { readonly name: string } };
}
interface ApplicationSet {
  readonly spec: {
    readonly goTemplate: boolean;
    readonly goTemplateOptions: readonly string[];
    readonly generators: readonly { readonly git: { readonly files: readonly { readonly path: string }[] } }[];
    readonly template: Application;
  };
}

const folder = 'examples/fleet';
const { spec } = parse(readFileSync(join(folder, 'application-set.yaml'), 'utf8')) as ApplicationSet;
const environments = readdirSync(join(folder, 'envs')).map((file) => basename(file, '.yaml'));

/** Parameters of a file, as the git generator makes them for Go templates. */
function parametersOf(path: string): Parameters {
  const content = parse(readFileSync(join(folder, path), 'utf8')) as Parameters;
  const place = dirname(path);
  return { ...content, path: { path: place, basename: basename(place), filename: basename(path), segments: place.split('/') } };
}

const applications = spec.generators
  .flatMap(({ git }) => git.files)
  .flatMap(({ path: pattern }) => readdirSync(join(folder, dirname(pattern))).map((file) => `${dirname(pattern)}/${file}`))
  .map((path) => renderFields(spec.template, parametersOf(path)));

let synthesis: SynthOutcome;
let out: string;
beforeAll(async () => {
  out = join(temporaryFolder(), 'dist');
  synthesis = await runSynth({ files: diskFiles, config: join(folder, 'kyma-guard.yaml'), out, log: () => undefined });
});

test('there is one application per environment of the configuration, each of its own name and cluster', () => {
  expect(applications.map(({ metadata, spec: { destination } }) => [metadata.name, destination.name])).toEqual(
    environments.map((name) => [`orders-${name}`, name]),
  );
  expect([...synthesis.environments].sort()).toEqual(environments);
});

test('each application deploys the folder that synth writes for its environment, with the hosts of its cluster', () => {
  for (const {
    metadata,
    spec: { source },
  } of applications) {
    const path = join(out, source.path.replace(/^dist\//, ''), 'shop/service-orders.k8s.yaml');
    const objects = parseAllDocuments(readFileSync(path, 'utf8')).map(
      (document) => document.toJS() as { kind: string; spec: { hosts?: string[] } },
    );
    const hosts = objects.flatMap(({ kind, spec: own }) => (kind === 'APIRule' ? (own.hosts ?? []) : []));
    expect(hosts).toEqual([`orders.${metadata.labels['kyma-guard/domain'] ?? ''}`]);
  }
});

test('what a file does not say stops the rendering instead of leaving a gap', () => {
  expect([spec.goTemplate, spec.goTemplateOptions]).toEqual([true, ['missingkey=error']]);
  expect(() => renderGoTemplate('{{ .cluster.region }}', parametersOf('envs/eu10.yaml'))).toThrow('there is no .cluster.region');
});

test('the example of one application points at a folder of dist/', () => {
  const application = parse(readFileSync('examples/gitops/argocd/application.yaml', 'utf8')) as Application;
  expect(readdirSync(application.spec.source.path).length).toBeGreaterThan(0);
});
