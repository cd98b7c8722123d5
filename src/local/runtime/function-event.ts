import type { Request, Response } from 'express';

/** What a Kyma handler gets as its first argument. */
export interface FunctionEvent {
  readonly data: unknown;
  readonly extensions: { readonly request: Request; readonly response: Response };
  readonly [member: string]: unknown;
}

/** CloudEvents attributes that the event repeats, prefixed with `ce-`. @see CloudEvents 1.0, section "Required Attributes" */
const attributes = ['type', 'source', 'eventtypeversion', 'specversion', 'id', 'time', 'datacontenttype'] as const;

/** Builds the event of one request: body, request and response, helpers for the answer, attributes of a CloudEvent. */
export function functionEvent(request: Request, response: Response): FunctionEvent {
  const cloudEvent = cloudEventOf(request);
  return {
    ...cloudEvent?.attributes,
    data: cloudEvent ? cloudEvent.data : request.body,
    extensions: { request, response },
    tracer: silentTracer,
    setResponseHeader: (name: string, value: string) => response.set(name, value),
    setResponseContentType: (type: string) => response.type(type),
    setResponseStatus: (status: number) => response.status(status),
    emitCloudEvent: notPublished,
    publishCloudEvent: notPublished,
  };
}

interface CloudEvent {
  readonly attributes: Record<string, unknown>;
  readonly data: unknown;
}

function cloudEventOf(request: Request): CloudEvent | undefined {
  if (request.headers['content-type']?.startsWith('application/cloudevents+json')) return structured(request.body);
  if (!request.headers['ce-type'] || !request.headers['ce-source']) return undefined;
  return { attributes: pick((name) => request.headers[`ce-${name}`]), data: request.body };
}

function structured(body: unknown): CloudEvent | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const members = new Map(Object.entries(body));
  return { attributes: pick((name) => members.get(name) as unknown), data: members.get('data') };
}

function pick(read: (name: string) => unknown): Record<string, unknown> {
  const found = attributes.map((name) => [`ce-${name}`, read(name)] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(found);
}

function notPublished(): Promise<never> {
  return Promise.reject(new Error('kyma-guard local has no event publisher; the event was not sent'));
}

const silentSpan = {
  setAttribute: () => silentSpan,
  setAttributes: () => silentSpan,
  setStatus: () => silentSpan,
  addEvent: () => silentSpan,
  recordException: () => undefined,
  end: () => undefined,
};

/** Stands for the OpenTelemetry tracer: spans can be started and lead nowhere. */
const silentTracer = {
  startSpan: () => silentSpan,
  startActiveSpan: (...parts: unknown[]): unknown => {
    const body = parts.at(-1);
    return typeof body === 'function' ? (body as (span: typeof silentSpan) => unknown)(silentSpan) : undefined;
  },
};
