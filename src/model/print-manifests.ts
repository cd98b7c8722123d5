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
      if (typeof node.value === 'string' && looksOtherwise(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** Texts that older YAML readers, kubectl among them, would take for booleans, numbers or dates. */
function looksOtherwise(text: string): boolean {
  return /^(?:y|n|yes|no|on|off|<<|=)$/i.test(text) || /^[-+.]?\d[-+.\d_:a-fA-FtTxXoOzZ ]*$/.test(text);
}
