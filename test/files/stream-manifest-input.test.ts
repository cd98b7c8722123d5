import { createHash } from 'node:crypto';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { diskFiles, type Files } from '../../src/files/files';
import { readManifestInput } from '../../src/files/manifest-input';
import { streamManifestInput, type StreamOptions } from '../../src/files/stream-manifest-input';
import { FileUnreadableError } from '../../src/model/errors';
import { temporaryFolder } from '../support/temporary-folder';

const sound = (name: string) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`;
const noStdin = () => Promise.reject(new Error('standard input is not asked for'));

/** Names of objects and ids of problems, in order. */
async function read(paths: string[], { files = diskFiles, stdin = noStdin, ...options }: Options = {}): Promise<string[]> {
  const told: string[] = [];
  for await (const document of streamManifestInput(files, paths, stdin, options).documents) {
    if ('manifest' in document) told.push(document.manifest.name);
    else told.push(`${document.problem.id} ${document.problem.status} ${document.problem.where.file?.split('/').slice(-2).join('/')}`);
  }
  return told;
}

interface Options extends StreamOptions {
  readonly files?: Files;
  readonly stdin?: () => Promise<string>;
}

/** The disk, where these names are not permitted: whoever runs the tests may be permitted everything. */
function forbidding(...names: string[]): Files {
  const refuse = (path: string): void => {
    if (names.some((name) => path.endsWith(name))) throw new FileUnreadableError(path, 'permission denied');
  };
  return {
    ...diskFiles,
    readText: async (path, maxBytes) => {
      refuse(path);
      return diskFiles.readText(path, maxBytes);
    },
    list: async (path) => {
      refuse(path);
      return diskFiles.list(path);
    },
  };
}

describe('what a walk meets and cannot read is told, and the rest is read', () => {
  const folder = () =>
    temporaryFolder({ 'k8s/a.yaml': sound('a'), 'k8s/m.yaml': sound('m'), 'k8s/z.yaml': sound('z'), 'k8s/sub/s.yaml': sound('s') });
  const utf16be = (text: string) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);

  test.each<[string, Uint8Array | string, string[]]>([
    ['binary bytes', Buffer.from([1, 0, 2]), ['a', 'file-unreadable error k8s/b.yaml', 'z']],
    ['bytes of another encoding', Buffer.from([0x61, 0xe4, 0x61]), ['a', 'file-unreadable error k8s/b.yaml', 'z']],
    ['UTF-16 without an end', Buffer.from([0xff, 0xfe, 0x00]), ['a', 'file-unreadable error k8s/b.yaml', 'z']],
    ['UTF-16 with a byte order mark', utf16be(sound('b')), ['a', 'b', 'z']],
    ['a broken document between two', `${sound('b')}---\n[\n---\n${sound('c')}`, ['a', 'b', 'manifest-syntax fail k8s/b.yaml', 'c', 'z']],
    [
      'a document above the limit behind another',
      `${sound('b')}---\nx: ${'x'.repeat(600)}\n`,
      ['a', 'b', 'file-unreadable error k8s/b.yaml', 'z'],
    ],
    ['an empty file', '', ['a', 'z']],
  ])('%s', async (_name, bytes, expected) => {
    const at = temporaryFolder({ 'k8s/a.yaml': sound('a'), 'k8s/b.yaml': bytes, 'k8s/z.yaml': sound('z') });
    expect(await read([at], { maxDocumentBytes: 500 })).toEqual(expected);
  });

  test('a file and a folder that are not permitted', async () => {
    expect(await read([folder()], { files: forbidding('m.yaml', 'sub') })).toEqual([
      'a',
      'file-unreadable error k8s/m.yaml',
      'file-unreadable error k8s/sub',
      'z',
    ]);
  });

  test('a link to nothing', async () => {
    const at = folder();
    symlinkSync(join(at, 'nothing'), join(at, 'k8s', 'b.yaml'));
    symlinkSync('someone@somewhere', join(at, 'k8s', '.#m.yaml'));
    expect(await read([at])).toEqual(['a', 'file-unreadable error k8s/b.yaml', 'm', 's', 'z']);
  });

  test('links in a circle end, also those that lead to themselves', async () => {
    const at = folder();
    symlinkSync(at, join(at, 'k8s', 'sub', 'loop'));
    symlinkSync(join(at, 'k8s', 'self.yaml'), join(at, 'k8s', 'self.yaml'));
    symlinkSync(join(at, 'k8s', 'sub'), join(at, 'k8s', 'again'));
    expect(await read([at])).toEqual(['a', 's', 'm', 'file-unreadable error k8s/self.yaml', 'z']);
  });

  test('the problem says why and what to do', async () => {
    const at = temporaryFolder({ 'a.yaml': 'x: '.padEnd(600, 'x') });
    const documents: unknown[] = [];
    for await (const document of streamManifestInput(diskFiles, [at], noStdin, { maxDocumentBytes: 500 }).documents)
      documents.push(document);
    expect(documents).toMatchObject([
      {
        problem: {
          severity: 'medium',
          message: expect.stringMatching(/^the file was not checked: .*a\.yaml:1: a YAML document has 600 bytes, at most 500 are read$/),
          fix: expect.stringContaining('--max-document'),
        },
      },
    ]);
  });
});

describe('what is named must be readable', () => {
  test.each<[string, Uint8Array | string, string, string]>([
    ['binary bytes', Buffer.from([1, 0, 2]), 'a.yaml', 'ERR_FILE_UNREADABLE'],
    ['a document above the limit', 'x: '.padEnd(600, 'x'), 'a.yaml', 'ERR_DOCUMENT_TOO_LARGE'],
    ['a missing file', '', 'b.yaml', 'ERR_FILE_UNREADABLE'],
  ])('%s', async (_name, bytes, name, code) => {
    const at = temporaryFolder({ 'a.yaml': bytes });
    await expect(read([join(at, name)], { maxDocumentBytes: 500 })).rejects.toMatchObject({ code });
  });

  test('a folder that is not permitted', async () => {
    await expect(read([temporaryFolder({})], { files: forbidding('') })).rejects.toMatchObject({ code: 'ERR_FILE_UNREADABLE' });
  });

  test('a defect is no unreadable file', async () => {
    const files = { ...diskFiles, readText: () => Promise.reject(new TypeError('a defect')) };
    await expect(read([temporaryFolder({ 'a.yaml': '' })], { files })).rejects.toThrow('a defect');
  });
});

describe('files of other programs', () => {
  const chart = {
    'chart/Chart.yaml': 'apiVersion: v2\nname: shop\n',
    'chart/values.yaml': 'replicas: 1\n',
    'chart/values-prod.yaml': 'replicas: 2\n',
    'chart/templates/rule.yaml': 'kind: APIRule\nmetadata: {name: {{ .Release.Name }}}\n',
    'chart/templates/service.yaml': '{{ if .x }}\nkind: Service\n{{ end }}\n',
    'chart/templates/plain.yaml': sound('plain'),
    'chart/crds/values.yaml': sound('crd'),
    'rendered/values.yaml': sound('rendered'),
  };

  test('a chart gives one result for what describes it and one for what is not rendered', async () => {
    expect(await read([temporaryFolder(chart)])).toEqual([
      'crd',
      'plain',
      'rendered',
      'file-not-a-manifest skip chart/Chart.yaml',
      'chart-not-rendered error templates/rule.yaml',
    ]);
  });

  test('they are named and counted', async () => {
    const at = temporaryFolder({
      ...chart,
      ...Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`chart/templates/t${i}.yaml`, '{{ x }}'])),
    });
    const messages: unknown[] = [];
    for await (const one of streamManifestInput(diskFiles, [at], noStdin).documents)
      if ('problem' in one) messages.push([one.problem.message, one.problem.fix]);
    expect(messages).toEqual([
      ['Chart.yaml, values-prod.yaml, values.yaml: files of a Helm chart, no manifest', undefined],
      [
        'templates/rule.yaml, templates/service.yaml, templates/t0.yaml, templates/t1.yaml, templates/t2.yaml and 3 more: templates of a Helm chart, not checked',
        `Render the chart first: helm template ${at}/chart | kyma-guard validate -`,
      ],
    ]);
  });

  test('so have other programs, unless they are named or have anything of a manifest', async () => {
    const at = temporaryFolder({
      'k8s/a.yaml': sound('a'),
      'k8s/forgotten.yaml': 'metadata: { name: b }\nspec: { hosts: [] }\n',
      'k8s/list.json': '[{ "id": 1 }]',
      'k8s/package.json': '{ "name": "x" }',
      'k8s/text.yaml': 'nothing yet\n',
      'k8s/values.yaml': 'replicas: 1\n',
    });
    expect(await read([at])).toEqual([
      'a',
      'manifest-syntax fail k8s/forgotten.yaml',
      'file-not-a-manifest skip k8s/list.json',
      'file-not-a-manifest skip k8s/package.json',
      'manifest-syntax fail k8s/text.yaml',
      'file-not-a-manifest skip k8s/values.yaml',
    ]);
    expect(await read([join(at, 'k8s/values.yaml')])).toEqual(['manifest-syntax fail k8s/values.yaml']);
  });

  test('kustomize has files, too', async () => {
    const at = temporaryFolder({ 'k8s/kustomization.yaml': 'resources: [a.yaml]\n', 'k8s/a.yaml': sound('a') });
    expect(await read([at])).toEqual(['a', 'file-not-a-manifest skip k8s/kustomization.yaml']);
  });

  test('whoever names one gets it read', async () => {
    const at = temporaryFolder(chart);
    expect(await read([join(at, 'chart/values.yaml'), join(at, 'chart/templates/rule.yaml')])).toEqual([
      'manifest-syntax fail chart/values.yaml',
      'manifest-syntax fail templates/rule.yaml',
    ]);
  });
});

test('paths are read in the order in which they are named, standard input among them', async () => {
  const at = temporaryFolder({ 'a.yaml': sound('a'), 'b.yaml': sound('b') });
  expect(await read([join(at, 'b.yaml'), '-', join(at, 'a.yaml')], { stdin: () => Promise.resolve(sound('in')) })).toEqual([
    'b',
    'in',
    'a',
  ]);
});

test('a file is read when its turn comes', async () => {
  const at = temporaryFolder({ 'a.yaml': sound('a'), 'b.yaml': sound('b') });
  const opened: string[] = [];
  const files: Files = {
    ...diskFiles,
    readText: (path) => {
      opened.push(path.slice(-6));
      return diskFiles.readText(path);
    },
  };
  const seen: string[] = [];
  for await (const _ of streamManifestInput(files, [at], noStdin).documents) seen.push(opened.join(' '));
  expect(seen).toEqual(['a.yaml', 'a.yaml b.yaml']);
});

describe('the digest', () => {
  const digestOf = async (paths: string[], stdin?: string) => {
    const stream = streamManifestInput(diskFiles, paths, () => Promise.resolve(stdin ?? ''));
    for await (const _ of stream.documents);
    return stream.digest();
  };

  test('is that of reading all at once, also for texts that are longer than a piece', async () => {
    const at = temporaryFolder({ 'a.yaml': sound('a'), 'b.yaml': `${sound('b')}# ${'😀'.repeat(600_000)}\n#${'"\n#'.repeat(400_000)}` });
    expect(await digestOf([at])).toBe((await readManifestInput(diskFiles, [at], noStdin)).digest);
  });

  test('is the SHA-256 of names and texts as JSON', async () => {
    const expected = createHash('sha256')
      .update(JSON.stringify(['<stdin>', '"😀"\n\u2028']))
      .digest('hex');
    expect(await digestOf(['-'], '"😀"\n\u2028')).toBe(expected);
  });

  test('changes with every text', async () => {
    expect(await digestOf(['-'], sound('a'))).not.toBe(await digestOf(['-'], sound('b')));
  });
});

test('permissions of the disk are those of the user', async () => {
  const at = temporaryFolder({ 'k8s/a.yaml': sound('a'), 'k8s/b.yaml': sound('b') });
  chmodSync(join(at, 'k8s/b.yaml'), 0);
  const isRoot = process.getuid?.() === 0;
  expect(await read([at])).toEqual(['a', isRoot ? 'b' : 'file-unreadable error k8s/b.yaml']);
});
