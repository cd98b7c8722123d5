import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { npm, packPackage, packageJson } from '../support/packed-package';
import { temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(300_000);

const { cdk8s = '', 'cdk8s-plus-27': plus = '', constructs = '' } = packageJson.devDependencies;

/** What `cdk8s init typescript-app` writes, with cdk8s-plus-27 and without the import of Kubernetes objects. */
const manifest = JSON.stringify({
  name: 'stock',
  version: '1.0.0',
  private: true,
  dependencies: { cdk8s, 'cdk8s-plus-27': plus, constructs },
  devDependencies: { '@types/node': '^14', typescript: '5.9.x' },
});
const compilerOptions = readFileSync(resolve('node_modules/cdk8s-cli/templates/typescript-app/tsconfig.json'), 'utf8');

const main = `
import { Construct } from 'constructs';
import { App, Chart, ChartProps } from 'cdk8s';
import { JwtApiRule, MeshNamespace, OidcIssuer, ProtectedFunction, XsuaaIssuer, UsageError } from 'kyma-guard';

export class MyChart extends Chart {
  constructor(scope: Construct, id: string, props: ChartProps = {}) {
    super(scope, id, props);
    new MeshNamespace(this, 'namespace', { name: 'geo' });
    const xsSecurity = { xsappname: 'geo', scopes: [{ name: '$XSAPPNAME.Read' }] };
    const url = 'https://acme.authentication.eu10.hana.ondemand.com';
    const xsuaa = new XsuaaIssuer(this, 'xsuaa', { metadata: { name: 'geo-xsuaa', namespace: 'geo' }, xsSecurity, url, xsappname: 'geo!t1' });
    const keycloak = new OidcIssuer(this, 'keycloak', { issuer: 'https://id.example.com/realms/main', jwksUri: 'https://id.example.com/certs' });
    new ProtectedFunction(this, 'location', {
      metadata: { name: 'location', namespace: 'geo' },
      runtime: 'nodejs22',
      source: { handler: "module.exports = { main: function () { return '$$'; } };" },
      bindings: [xsuaa],
      expose: [{ host: 'location', rules: [{ path: '/here_location', methods: ['GET'], access: { issuers: [xsuaa, keycloak] } }] }],
    });
    new JwtApiRule(this, 'orders', {
      metadata: { name: 'orders', namespace: 'shop' },
      host: 'orders',
      service: { name: 'orders', port: 8080 },
      selector: { app: 'orders' },
      issuers: [keycloak],
      rules: [{ path: '/*', methods: ['GET', 'POST'] }],
    });
  }
}

const app = new App();
new MyChart(app, 'stock');
app.synth();
if (typeof UsageError !== 'function') process.exit(7);
`;

let application = '';

beforeAll(() => {
  application = temporaryFolder({ 'package.json': manifest, 'tsconfig.json': compilerOptions, 'main.ts': main });
  npm(application, 'install', '--no-audit', '--no-fund', '--prefer-offline', '--omit=optional', packPackage());
});

const tsc = (...args: string[]) =>
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', ...args], { cwd: application, encoding: 'utf8' });

test('an application from the stock template compiles and synthesizes with the packed package', () => {
  expect(tsc('--version').stdout).toMatch(/^Version 5\.9\./);
  expect(tsc('--project', '.')).toMatchObject({ status: 0, stdout: '' });
  execFileSync(process.execPath, ['main.js'], { cwd: application });
  const text = readFileSync(join(application, 'dist/stock.k8s.yaml'), 'utf8');
  const kinds = [...text.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind);
  expect(kinds).toEqual([
    'Namespace',
    'ServiceInstance',
    'ServiceBinding',
    'Function',
    'AuthorizationPolicy',
    'APIRule',
    'APIRule',
    'AuthorizationPolicy',
  ]);
});

test('whoever only synthesizes loads no parser, schema compiler, HTTP client or token library', () => {
  const script = `require('kyma-guard'); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const loaded = JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: application, encoding: 'utf8' })) as string[];
  const own = loaded.filter((file) => !/node_modules[\\/](cdk8s|cdk8s-plus-27|constructs)[\\/]/.test(file));
  const packages = new Set(own.map((file) => /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1]));
  expect([...packages].filter((name) => ['ajv', 'yaml', 'zod', 'axios', 'jose', 'express'].includes(name ?? ''))).toEqual([]);
  expect(packages).toContain('kyma-guard');
});

test('the package brings code, types and schemas, and neither tests nor sources', () => {
  const root = join(application, 'node_modules/kyma-guard');
  expect(readdirSync(root)).toEqual(expect.arrayContaining(['LICENSE', 'crds', 'kyma-guard.schema.json', 'lib', 'package.json']));
  const files = readdirSync(join(root, 'lib'), { recursive: true, encoding: 'utf8' });
  const foreign = files.filter((file) => /\.\w+$/.test(file) && !/\.(?:js|d\.ts)$|^crds[\\/].*\.json$|^verifier[\\/]/.test(file));
  expect(foreign).toEqual([]);
  expect(readdirSync(root)).not.toContain('test');
});
