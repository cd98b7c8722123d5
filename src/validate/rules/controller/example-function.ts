interface ExampleFunction {
  readonly name?: string;
  readonly runtime?: string;
  /** In the flow style of YAML, like the members. */
  readonly source?: string;
  /** More of `metadata`, and of `spec`. */
  readonly metadata?: string;
  readonly members?: readonly string[];
}

/** A Function, for the examples of rules; each member is a line of YAML. */
export function exampleFunction(parts: ExampleFunction = {}): string {
  const { name = 'orders', runtime = 'nodejs24', metadata, members = [] } = parts;
  const { source = "{ inline: { source: 'exports.main = () => 1;' } }" } = parts;
  return `apiVersion: serverless.kyma-project.io/v1alpha2
kind: Function
metadata:
${['name: ' + name, 'namespace: shop', ...(metadata === undefined ? [] : [metadata])].map((line) => `  ${line}`).join('\n')}
spec:
${['runtime: ' + runtime, 'source: ' + source, ...members].map((line) => `  ${line}`).join('\n')}
`;
}
