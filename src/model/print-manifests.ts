import { Document, visit, type ToStringOptions } from 'yaml';
import type { JsonObject } from './json';

/** Writes objects as one YAML stream. The same objects give the same bytes on every platform; keys keep their order. */
export function printManifests(objects: readonly JsonObject[]): string {
  return objects.map(printManifest).join('---\n');
}

function printManifest(object: JsonObject): string {
  return printDocument(new Document(object, { aliasDuplicateObjects: false, version: '1.2' }), { lineWidth: 0 });
}

/** Writes a document so that readers of older versions of YAML, kubectl among them, read what this one reads. */
export function printDocument(document: Document, options: ToStringOptions): string {
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value !== 'string') return;
      if ((node.type !== 'QUOTE_SINGLE' && looksOtherwise(node.value)) || needsEscape.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString(options).replace(escaped, escapeOf);
}

/** Characters that YAML does not allow or that older readers, kubectl among them, take for the end of a line. The printer leaves them as they are. */
const needsEscape = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/;
const escaped = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g;

/** They stand in double quotes only, so an escape means the same. */
function escapeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Texts that older YAML readers, kubectl among them, would take for booleans, numbers or dates. */
function looksOtherwise(text: string): boolean {
  return /^(?:y|n|yes|no|on|off|<<|=)$/i.test(text) || /^[-+.]?\d[-+.\d_:a-fA-FtTxXoOzZ ]*$/.test(text);
}
