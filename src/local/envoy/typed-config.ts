import type { JsonObject } from '../../model/json';

/** A named extension of Envoy with its configuration. @param type Full name of the message, without `type.googleapis.com/` */
export function typedExtension(name: string, type: string, config: JsonObject = {}): JsonObject {
  return { name, typed_config: typedConfig(type, config) };
}

/** A configuration message that says what it is. */
export function typedConfig(type: string, config: JsonObject = {}): JsonObject {
  return { '@type': `type.googleapis.com/${type}`, ...config };
}
