import { runExplain, type ExplainOptions, type ExplainOutcome, type Question } from '../../src/explain/explain';
import type { JsonObject } from '../../src/model/json';
import { objectAt, textOf } from '../../src/model/json-fields';
import { printIstio } from '../../src/model/print-istio';
import { readManifests } from '../../src/model/read-manifests';
import { apiRule, clusterFrom, rule, service } from '../support/model';

/** What `kubectl get … -o json` says of an object beside what was applied. */
export function live(object: JsonObject, more: JsonObject = {}, metadata: JsonObject = {}): JsonObject {
  const own = objectAt(object, 'metadata');
  return { ...object, metadata: { ...own, uid: `uid-${textOf(own['name'])}`, ...metadata }, ...more };
}

/** One entry of `metadata.managedFields`. */
export function managed(manager: string, time: string, members = 'f:spec'): JsonObject {
  return { manager, time, operation: 'Update', fieldsV1: { [members]: {} } };
}

/** The status of an APIRule. */
export function status(state: string, description = 'Reconciled successfully'): JsonObject {
  return { status: { state, description, lastProcessedTime: '2026-01-02T03:04:05Z' } };
}

/** The real Istio objects of APIRules, as the controller would have made them. */
export function realObjects(...input: JsonObject[]): JsonObject[] {
  return printIstio(clusterFrom(...input)).map(({ object }, index) => {
    const { generateName, ...metadata } = objectAt(object, 'metadata');
    return live({ ...object, metadata: { ...metadata, name: `${textOf(generateName)}x${index}` } });
  });
}

/** A Pod of Service `orders`, with or without the proxy. */
export function pod(containers: readonly string[], more: JsonObject = {}, name = 'orders-1'): JsonObject {
  const spec = { containers: containers.map((container) => ({ name: container })), ...more };
  return live({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels: { app: 'orders' } }, spec });
}

/** One protected APIRule. */
export const protectedRule = apiRule([rule('/a', 'GET', {})]);
/** The same, public. */
export const publicRule = apiRule([rule('/a', 'GET')]);

/** A sound cluster: an accepted APIRule, its objects, its Service and a Pod with a sidecar. */
export function soundCluster(...more: JsonObject[]): JsonObject[] {
  return [
    live(protectedRule, status('Ready')),
    live(service()),
    pod(['main', 'istio-proxy']),
    ...realObjects(service(), protectedRule),
    ...more,
  ];
}

/** Asks about objects. */
export function ask(items: readonly JsonObject[], question?: Question, options: ExplainOptions = {}): ExplainOutcome {
  const { manifests } = readManifests(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), '<stdin>');
  return runExplain({ manifests, ...(question && { question }), options });
}

/** Findings as `id object: message`. */
export function findings({ results }: ExplainOutcome): string[] {
  return results.map(({ id, where, message }) => `${id} ${where.object ?? ''}: ${message}`);
}

/** Rows of the first host as `path access`. */
export function accessRows({ answer }: ExplainOutcome): string[] {
  if (answer.kind !== 'matrix') throw new Error('the matrix was asked for');
  return (answer.matrix.hosts[0]?.rows ?? []).map(({ path, access }) => `${path} ${access}`);
}
