import { isJsonObject, type JsonPath, type JsonValue } from '../../model/json';
import type { Manifest } from '../../model/manifest';

/** What another program fills in before a text is a manifest. */
export interface FoundPlaceholder {
  readonly text: string;
  readonly kind: 'template' | 'variable' | 'kustomize';
}

const forms = [
  ['template', /\{\{[^\n]{0,60}?\}\}|\{\{[^\n]{0,60}/],
  ['variable', /\$\{\w{1,60}[^}\r\n]{0,60}\}/],
  ['kustomize', /\$\([A-Za-z_][\w.-]{0,60}\)/],
] as const;

/** The first placeholder of a text: `{{ … }}`, `${NAME}` or `$(NAME)`. */
export function placeholderInText(text: string): FoundPlaceholder | undefined {
  for (const [kind, form] of forms) {
    const found = form.exec(text);
    if (found) return { text: found[0].slice(0, 60), kind };
  }
  return undefined;
}

/**
 * The first placeholder of an object, and where. Templates of mutators are none: Oathkeeper fills them in for each request.
 */
export function placeholderInManifest({ body }: Manifest): { readonly path: JsonPath; readonly found: FoundPlaceholder } | undefined {
  return search(body, []);
}

function search(value: JsonValue | undefined, path: JsonPath): { readonly path: JsonPath; readonly found: FoundPlaceholder } | undefined {
  if (typeof value === 'string') {
    const found = path.includes('mutators') ? undefined : placeholderInText(value);
    return found && { path, found };
  }
  const entries = Array.isArray(value)
    ? value.map((item, index) => [index, item] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  for (const [key, item] of entries) {
    if (path.length === 1 && path[0] === 'metadata' && key === 'annotations') continue;
    const found = search(item, [...path, key]);
    if (found) return found;
  }
  return undefined;
}

/** What to do about each kind. */
export const placeholderFix: Readonly<Record<FoundPlaceholder['kind'], string>> = {
  template:
    'Render the template, migrate the rendered APIRule, and carry its new spec into the template: helm template … | kyma-guard migrate -',
  variable:
    'Fill in the variables, migrate the result, and put the variables back into the new spec: envsubst < FILE | kyma-guard migrate -',
  kustomize: 'Migrate what kustomize builds, and carry the new spec into the base: kustomize build … | kyma-guard migrate -',
};
