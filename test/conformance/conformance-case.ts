import type { AccessRequest } from '../../src/model/access';
import type { IstioObjects } from '../../src/model/istio';
import type { JsonObject } from '../../src/model/json';
import { clusterOf } from '../../src/model/cluster';
import { readManifests } from '../../src/model/read-manifests';
import { translate } from '../../src/model/translate';

/**
 * A set of manifests and requests to them. `@case` stands for the place of the case among others (namespace and domain),
 * `@token(NAME)` for a token of test/conformance/token-recipes.ts.
 */
export interface ConformanceCase {
  readonly name: string;
  readonly manifests: readonly JsonObject[];
  readonly requests: readonly CaseRequest[];
}

export interface CaseRequest {
  readonly method: string;
  readonly target: string;
  /** @default 'api.@case.example.com' */
  readonly host?: string;
  readonly headers?: readonly (readonly [string, string])[];
  /** Identity of a caller inside the cluster; `''` for none. @default - through the ingress gateway */
  readonly caller?: string;
}

/** Host that requests go to unless they say otherwise. */
export const caseHost = 'api.@case.example.com';

/** A case in its place. */
export interface PlacedCase {
  readonly objects: IstioObjects;
  readonly requests: readonly PlacedRequest[];
}

export interface PlacedRequest {
  readonly access: AccessRequest;
  readonly headers: readonly (readonly [string, string])[];
  readonly source: CaseRequest;
}

/** Puts a case into a namespace and domain of its own. */
export function placeCase({ manifests, requests }: ConformanceCase, place: string, tokens: ReadonlyMap<string, string>): PlacedCase {
  const put = (text: string): string => text.replaceAll('@case', place);
  const text = put(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }));
  const { cluster } = clusterOf(readManifests(text, 'case.yaml').manifests);
  return { objects: translate(cluster), requests: requests.map((request) => placeRequest(request, put, tokens)) };
}

function placeRequest(source: CaseRequest, put: (text: string) => string, tokens: ReadonlyMap<string, string>): PlacedRequest {
  const fill = (text: string): string =>
    put(text).replace(/@token\(([^)]*)\)/g, (_match, name: string) => {
      const token = tokens.get(name);
      if (token === undefined) throw new TypeError(`no token is named ${name}`);
      return token;
    });
  const headers = (source.headers ?? []).map(([name, value]) => [name, fill(value).trim()] as const);
  const lines = new Map<string, string[]>();
  for (const [name, value] of headers) lines.set(name.toLowerCase(), [...(lines.get(name.toLowerCase()) ?? []), value]);
  const access = {
    host: fill(source.host ?? caseHost),
    method: source.method,
    target: fill(source.target),
    headers: Object.fromEntries([...lines].map(([name, values]) => [name, values.join(',')])),
    headerLines: Object.fromEntries(lines),
    ...(source.caller === undefined ? {} : { caller: source.caller }),
  };
  return { access, headers, source };
}
