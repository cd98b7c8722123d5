import type { PolicyOperation } from '../../model/istio';
import type { JsonObject } from '../../model/json';
import { isPolicyTemplate } from '../../model/path-template';
import { headerMatcher, stringMatcher } from './string-matcher';
import { typedExtension } from './typed-config';

const templateMatcher = 'envoy.path.match.uri_template.uri_template_matcher';
const templateType = 'envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig';

/** What a policy says about an operation, as permission of Envoy's RBAC filter; without members it permits anything. */
export function permissionOf(operation: PolicyOperation): JsonObject {
  const parts = [
    ...alternatives(operation.hosts, operation.notHosts, (host) => ({ header: headerMatcher(':authority', host, true) })),
    ...alternatives(operation.methods, operation.notMethods, (method) => ({ header: headerMatcher(':method', method) })),
    ...alternatives(operation.paths, operation.notPaths, pathPermission),
  ];
  return { and_rules: { rules: parts.length > 0 ? parts : [{ any: true }] } };
}

function pathPermission(path: string): JsonObject {
  if (!isPolicyTemplate(path)) return { url_path: { path: stringMatcher(path) } };
  const template = path.replaceAll('{*}', '*').replaceAll('{**}', '**');
  return { uri_template: typedExtension(templateMatcher, templateType, { path_template: template }) };
}

function alternatives(
  wanted: readonly string[] | undefined,
  unwanted: readonly string[] | undefined,
  permission: (value: string) => JsonObject,
): JsonObject[] {
  return [
    ...(wanted && wanted.length > 0 ? [{ or_rules: { rules: wanted.map(permission) } }] : []),
    ...(unwanted && unwanted.length > 0 ? [{ not_rule: { or_rules: { rules: unwanted.map(permission) } } }] : []),
  ];
}
