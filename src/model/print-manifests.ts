import { Document, visit } from 'yaml';
import type { JsonObject } from './json';

/** Writes objects as one YAML stream. The same objects give the same bytes on every platform; keys keep their order. */
export function printManifests(objects: readonly JsonObject[]): string {
  return objects.map(printManifest).join('---\n');
}

function printManifest(object: JsonObject): string {
  const document = new Document(object, { aliasDuplicateObjects: false, version: '1.2' });
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && (looksOtherwise(node.value) || needsEscape.test(node.value))) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 }).replace(escaped, escapeOf);
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
