import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../../src/model/json';
import { objectAt, textOf } from '../../src/model/json-fields';
import { serve, type RunningServer } from './http-server';

/** Resources that the server knows, by group and version. */
const resources: Readonly<Record<string, readonly (readonly [kind: string, plural: string, isNamespaced?: boolean])[]>> = {
  v1: [
    ['Namespace', 'namespaces', false],
    ['ConfigMap', 'configmaps'],
    ['ServiceAccount', 'serviceaccounts'],
  ],
  'batch/v1': [
    ['Job', 'jobs'],
    ['CronJob', 'cronjobs'],
  ],
  'networking.k8s.io/v1': [['NetworkPolicy', 'networkpolicies']],
  'security.istio.io/v1': [['AuthorizationPolicy', 'authorizationpolicies']],
  'services.cloud.sap.com/v1': [
    ['ServiceInstance', 'serviceinstances'],
    ['ServiceBinding', 'servicebindings'],
  ],
  'serverless.kyma-project.io/v1alpha2': [['Function', 'functions']],
  'gateway.kyma-project.io/v2': [['APIRule', 'apirules']],
};

/** As much of an API server as client-side apply needs: discovery, and objects that are made. */
export interface ApiServer extends RunningServer {
  /** Objects as they came. */
  readonly created: readonly JsonObject[];
}

/** All annotations of an object together, in bytes. @see apimachinery, `TotalAnnotationSizeLimitB` */
const annotationLimit = 256 * 1024;

/** Starts it on a free loopback port. It knows no object, so everything that is applied is new. */
export async function startApiServer(): Promise<ApiServer> {
  const created: JsonObject[] = [];
  const server = await serve((request, response) => {
    answer(request, response, created).catch(() => response.destroy());
  });
  return { ...server, created };
}

async function answer(request: IncomingMessage, response: ServerResponse, created: JsonObject[]): Promise<void> {
  const json = (status: number, value: object) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  const { pathname } = new URL(request.url ?? '/', 'http://x');
  const found = discovery(pathname);
  if (request.method === 'GET') {
    if (found) json(200, found);
    else json(404, statusOf(404, 'NotFound', `${pathname} is not here`));
    return;
  }
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  const body = JSON.parse(text) as JsonObject;
  const bytes = annotationBytes(body);
  if (bytes > annotationLimit) {
    json(422, statusOf(422, 'Invalid', `metadata.annotations: Too long: may not be more than ${annotationLimit} bytes`));
    return;
  }
  created.push(body);
  json(201, body);
}

/** Bytes of all annotations of an object. */
export function annotationBytes(object: JsonObject): number {
  const annotations = Object.entries(objectAt(objectAt(object, 'metadata'), 'annotations'));
  return annotations.reduce((total, [name, value]) => total + Buffer.byteLength(name) + Buffer.byteLength(textOf(value)), 0);
}

function discovery(path: string): object | undefined {
  const groups = Object.keys(resources).filter((version) => version.includes('/'));
  if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
  if (path === '/apis')
    return {
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: groups.map((groupVersion) => {
        const [name = '', version = ''] = groupVersion.split('/');
        return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
      }),
    };
  const groupVersion = path.replace(/^\/apis?\//, '');
  const list = resources[groupVersion];
  return list && { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: list.map(resourceOf) };
}

function resourceOf([kind, name, namespaced = true]: (typeof resources)[string][number]): object {
  return { name, singularName: '', namespaced, kind, verbs: ['create', 'get', 'list', 'patch'] };
}

function statusOf(code: number, reason: string, message: string): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, code, message };
}
