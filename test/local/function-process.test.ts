import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles } from '../../src/files/files';
import { containerEnvironment } from '../../src/local/container-environment';
import { startFunction, type RunningFunction } from '../../src/local/function-process';
import { functionSpecOf } from '../../src/local/function-spec';
import type { JsonObject } from '../../src/model/json';
import { functionManifest } from '../support/local-manifests';
import { buildRuntime, LineLog, temporaryFolder, untilGone } from '../support/local-runtime';

const folder = temporaryFolder();
const log = new LineLog();
const running: RunningFunction[] = [];
let entry = '';

beforeAll(() => {
  entry = buildRuntime(folder.path);
});

afterAll(async () => {
  await Promise.all(running.map((one) => one.stop()));
  folder.remove();
});

async function start(name: string, source: string, spec: JsonObject = {}): Promise<string> {
  const read = functionSpecOf(functionManifest(name, source, spec));
  const environment = containerEnvironment(read, { secrets: new Map(), configMaps: new Map(), toLocalPath: (value) => value });
  const host = {
    files: diskFiles,
    runtimeEntry: entry,
    searchPath: process.env['PATH'] ?? '',
    npmEnvironment: {},
    log: log.add,
  };
  const one = await startFunction(read, environment, join(folder.path, name), host);
  running.push(one);
  return one.url() ?? '';
}

async function answer(url: string, init: RequestInit = {}): Promise<{ status: number; type: string | null; body: string }> {
  const response = await fetch(url, { headers: { connection: 'close' }, ...init });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

const echo = `module.exports = { main: function (event, context) {
  const { request, response } = event.extensions;
  if (request.query.return) return eval('(' + request.query.return + ')');
  if (request.query.throw) throw eval(request.query.throw);
  if (request.query.status) event.setResponseStatus(Number(request.query.status));
  if (request.query.own) return void response.status(202).type('text/plain').send('own');
  if (request.query.never) return new Promise(() => undefined);
  if (request.query.env) return process.env;
  if (request.query.argv) return { argv: process.argv, cwd: process.cwd() };
  return { data: Buffer.isBuffer(event.data) ? 'buffer:' + event.data : event.data === undefined ? 'undefined' : event.data, context, type: event['ce-type'], path: request.path };
} }`;

describe('what a handler returns', () => {
  let url = '';
  beforeAll(async () => {
    url = await start('echo', echo, {
      env: [
        { name: 'FUNC_TIMEOUT', value: '1' },
        { name: 'PLACE', value: '$(FUNC_NAME)-$$x' },
      ],
    });
  });

  it.each([
    ['"text"', 200, null, 'text'],
    ['({ a: 1 })', 200, 'application/json; charset=utf-8', '{"a":1}'],
    ['[1]', 200, 'application/json; charset=utf-8', '[1]'],
    ['Buffer.from("a")', 200, 'application/json; charset=utf-8', '{"type":"Buffer","data":[97]}'],
    ['null', 200, null, ''],
    ['0', 200, null, ''],
    ['Promise.resolve("later")', 200, null, 'later'],
    ['{ statusCode: 404, body: "x" }', 200, 'application/json; charset=utf-8', '{"statusCode":404,"body":"x"}'],
    ['7', 500, 'text/html; charset=utf-8', 'Internal server error'],
    ['true', 500, 'text/html; charset=utf-8', 'Internal server error'],
  ])('%s becomes status %i', async (value, status, type, body) => {
    expect(await answer(`${url}/?return=${encodeURIComponent(value)}`)).toEqual({ status, type, body });
  });

  it('answers a thrown text with 500 and the text, anything else with 500 alone', async () => {
    expect(await answer(`${url}/?throw='told'`)).toMatchObject({ status: 500, body: 'told' });
    expect(await answer(`${url}/?throw=new%20Error('inner')`)).toMatchObject({ status: 500, body: 'Internal server error' });
    expect(await log.until('Error: inner')).toBe('[geo/echo] Error: inner');
  });

  it('keeps a status that the handler set, and leaves an answer of its own alone', async () => {
    expect((await answer(`${url}/?status=418`)).status).toBe(418);
    expect(await answer(`${url}/?own=1`)).toMatchObject({ status: 202, body: 'own' });
  });

  it('answers 408 after FUNC_TIMEOUT', async () => {
    expect(await answer(`${url}/?never=1`)).toMatchObject({ status: 408, body: 'Request Timeout' });
  });

  it.each<[string | undefined, string | undefined, unknown]>([
    ['application/json', '{"a":[1]}', { a: [1] }],
    ['application/json', '7', 7],
    ['text/plain', 'hi', 'hi'],
    ['application/x-www-form-urlencoded', 'a=1&b[c]=2', { a: '1', b: { c: '2' } }],
    ['application/octet-stream', 'raw', 'buffer:raw'],
    ['multipart/form-data; boundary=x', '--x--', 'undefined'],
    [undefined, undefined, 'undefined'],
  ])('parses a body of type %s', async (type, body, data) => {
    const init = body === undefined ? {} : { method: 'POST', body, headers: { 'content-type': type ?? '' } };
    expect(JSON.parse((await answer(`${url}/a/b`, init)).body)).toMatchObject({ data, path: '/a/b' });
  });

  it('refuses a body over 1 MiB with 413 and broken JSON with 400', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await answer(url, { method: 'POST', headers, body: `"${'x'.repeat(1_048_576)}"` })).status).toBe(413);
    expect((await answer(url, { method: 'POST', headers, body: `"${'x'.repeat(1_048_574)}"` })).status).toBe(200);
    expect((await answer(url, { method: 'POST', headers, body: '{' })).status).toBe(400);
  });

  it('tells the context and reads a CloudEvent in both forms', async () => {
    const structured = { 'content-type': 'application/cloudevents+json' };
    const binary = { 'content-type': 'application/json', 'ce-type': 't', 'ce-source': 's' };
    const context = { 'function-name': 'echo', runtime: 'nodejs22', namespace: 'geo', timeout: 1, 'body-size-limit': 1 };
    expect(JSON.parse((await answer(url, { method: 'POST', headers: structured, body: '{"type":"t","data":{"n":1}}' })).body)).toEqual({
      data: { n: 1 },
      type: 't',
      path: '/',
      context,
    });
    expect(JSON.parse((await answer(url, { method: 'POST', headers: binary, body: '{"n":1}' })).body)).toMatchObject({
      data: { n: 1 },
      type: 't',
    });
  });

  it('answers OPTIONS itself and allows every origin on every answer', async () => {
    const headers = { origin: 'https://a.example', 'access-control-request-method': 'PUT', 'access-control-request-headers': 'x-a' };
    const { status, headers: got } = await fetch(`${url}/?throw=1`, { method: 'OPTIONS', headers });
    expect([
      status,
      got.get('access-control-allow-origin'),
      got.get('access-control-allow-methods'),
      got.get('access-control-allow-headers'),
    ]).toEqual([200, '*', 'PUT', 'x-a']);
  });

  it('shows a handler the variables of its pod, PATH, and nothing else of this machine', async () => {
    process.env['KYMA_GUARD_TEST_SECRET'] = 'must-not-travel';
    const env = JSON.parse((await answer(`${url}/?env=1`)).body) as Record<string, string>;
    expect(Object.keys(env).sort()).toEqual([
      'FUNC_NAME',
      'FUNC_RUNTIME',
      'FUNC_TIMEOUT',
      'HANDLER_PATH',
      'PATH',
      'PLACE',
      'SERVICE_NAMESPACE',
    ]);
    expect(env['PLACE']).toBe('echo-$x');
  });
});

describe('loading a handler', () => {
  it.each<[string, string, number]>([
    ['assigned', 'module.exports.main = () => "ok"', 200],
    ['es-module', 'export function main() { return "ok" }', 200],
    ['dollars', 'module.exports = { main: function () { return "$$"[0] === "$" && `${1}` ? "ok" : "no" } }', 200],
    ['no-main', 'module.exports = { handler: () => "ok" }', 500],
    ['default-export', 'module.exports = function () {}', 500],
    ['throws', 'throw new Error("broken at load")', 500],
    ['missing', 'require("not-declared"); exports.main = () => 1', 500],
  ])('%s answers %i and stays healthy', async (name, source, status) => {
    const url = await start(name, source);
    expect(await answer(url)).toMatchObject({ status, body: status === 200 ? 'ok' : 'User function not loaded' });
    expect(await answer(`${url}/healthz`)).toMatchObject({ status: 200, body: 'OK' });
  });

  it.each([
    ['throws', 'broken at load'],
    ['missing', "Cannot find module 'not-declared'"],
    ['no-main', 'no named export "main"'],
  ])('says why %s could not be loaded', async (name, reason) => {
    expect(await log.until(reason)).toContain(`[geo/${name}] User function not loaded: `);
  });

  it('keeps the source in a file of mode 0600', () => {
    const file = join(folder.path, 'dollars/function/handler.js');
    expect([readFileSync(file, 'utf8').includes('"$"[0]'), statSync(file).mode & 0o777]).toEqual([true, 0o600]);
  });
});

describe('what is refused', () => {
  it.each<[string, JsonObject, string]>([
    ['python', { runtime: 'python312' }, 'Function geo/python has runtime "python312"; only Node.js runtimes run here'],
    [
      'git',
      { source: { gitRepository: { url: 'https://git.example.com/a' } } },
      'Function geo/git has no inline source; a Git source is not fetched',
    ],
    [
      'long',
      { source: { inline: { source: 'x'.repeat(131_052) } } },
      'FUNC_HANDLER_SOURCE has 131052 bytes, a container can be given 131051',
    ],
  ])('a Function of kind %s, by name', async (name, spec, message) => {
    await expect(start(name, 'x', spec)).rejects.toThrow(message);
  });
});

describe('dependencies of a Function', () => {
  const packageAt = (name: string): string => {
    const path = join(folder.path, name);
    mkdirSync(path, { recursive: true });
    const scripts = { install: `node -e "require('fs').writeFileSync('${join(folder.path, 'script-ran')}', '')"` };
    writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js', scripts }));
    writeFileSync(join(path, 'index.js'), 'module.exports = "from a dependency"');
    return path;
  };
  const depending = (dependencies: Record<string, string>, source: string): JsonObject => ({
    source: { inline: { source, dependencies: JSON.stringify({ dependencies }) } },
  });

  it('are installed, and their scripts do not run', async () => {
    const url = await start(
      'depending',
      '',
      depending({ local: `file:${packageAt('local')}` }, 'const text = require("local"); exports.main = () => text'),
    );
    expect((await answer(url)).body).toBe('from a dependency');
    expect(existsSync(join(folder.path, 'script-ran'))).toBe(false);
  });

  it('that cannot be installed are named', async () => {
    const spec = depending({ local: `file:${join(folder.path, 'absent.tgz')}` }, 'exports.main = () => 1');
    await expect(start('unmet', '', spec)).rejects.toThrow(/Function geo\/unmet: npm install ended with code \d+/);
  });
});

describe('the process of a Function', () => {
  it('is started again when it ends by itself', async () => {
    const one = await start(
      'fragile',
      'exports.main = (event) => event.extensions.request.path === "/end" ? process.exit(3) : String(process.pid)',
    );
    const fragile = running.at(-1);
    const first = await answer(one);
    await expect(answer(`${one}/end`)).rejects.toThrow('fetch failed');
    await log.until('[geo/fragile] running again');
    expect((await answer(fragile?.url() ?? '')).body).not.toBe(first.body);
    expect(log.lines).toContain('[geo/fragile] the process ended with code 3; starting it again');
  });

  it('ends on stop with everything it started, even when it ignores SIGTERM', async () => {
    const url = await start('stubborn', stubborn);
    const { self, other } = JSON.parse((await answer(url)).body) as { self: number; other: number };
    await running.pop()?.stop();
    await Promise.all([untilGone(self), untilGone(other)]);
    await expect(answer(url)).rejects.toThrow('fetch failed');
  });
});

const stubborn = `const { spawn } = require('node:child_process');
process.on('SIGTERM', () => undefined);
const other = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => 0); setInterval(() => 0, 1000)']);
exports.main = () => ({ self: process.pid, other: other.pid });`;
