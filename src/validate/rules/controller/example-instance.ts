interface ExampleInstance {
  readonly name?: string;
  readonly offering?: string;
  readonly plan?: string;
  /** In the flow style of YAML, like the members. */
  readonly parameters?: string;
  /** More of `spec`. */
  readonly members?: readonly string[];
}

/** A ServiceInstance, for the examples of rules; each member is a line of YAML. */
export function exampleInstance(parts: ExampleInstance = {}): string {
  const { name = 'orders', offering = 'xsuaa', plan = 'application', parameters = '{ xsappname: orders }', members = [] } = parts;
  return `apiVersion: services.cloud.sap.com/v1
kind: ServiceInstance
metadata: { name: ${name}, namespace: shop }
spec:
  serviceOfferingName: ${offering}
  servicePlanName: ${plan}
${['parameters: ' + parameters, ...members].map((line) => `  ${line}`).join('\n')}
`;
}

/** Members of an instance that takes parameters from a Secret and follows its changes. */
export function watched(secretName: string): readonly string[] {
  return ['watchParametersFromChanges: true', `parametersFrom: [{ secretKeyRef: { name: ${secretName}, key: parameters } }]`];
}

/** A Secret with a text, for the examples of rules. */
export function exampleSecret(name: string, key: string, text: string, metadata = ''): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: shop${metadata === '' ? '' : `, ${metadata}`} }
stringData: { ${key}: '${text}' }
`;
}
