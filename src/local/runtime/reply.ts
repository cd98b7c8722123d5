import type { Response } from 'express';

/**
 * Answers with what a handler returned: an object as JSON, a string as it is and without Content-Type, anything falsy with an
 * empty body. A status that the handler set stays. `{ statusCode, body }` is an object like any other.
 * @throws {TypeError} for a number or `true`, which the runtime cannot send either
 */
export function reply(response: Response, value: unknown): void {
  if (response.headersSent) return;
  if (typeof value === 'object' && value !== null) response.json(value);
  else if (value) response.end(value);
  else response.end();
}

/** Answers for a handler that threw: a thrown string is the body, anything else stays inside. */
export function replyToError(response: Response, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.status(500).send(typeof error === 'string' ? error : 'Internal server error');
}
