interface ExampleBinding {
  readonly name?: string;
  /** More of `metadata`, and of `spec`, in the flow style of YAML. */
  readonly metadata?: string;
  readonly members?: readonly string[];
}

/** A ServiceBinding, for the examples of rules; each member is a line of YAML. */
export function exampleBinding({ name = 'orders-xsuaa', metadata, members = [] }: ExampleBinding = {}): string {
  return `apiVersion: services.cloud.sap.com/v1
kind: ServiceBinding
metadata:
${['name: ' + name, 'namespace: shop', ...(metadata === undefined ? [] : [metadata])].map((line) => `  ${line}`).join('\n')}
spec:
${['serviceInstanceName: orders', ...members].map((line) => `  ${line}`).join('\n')}
`;
}

/** Member of a binding whose credentials live for 120 hours. */
export const rotation = 'credentialsRotationPolicy: { enabled: true, rotationFrequency: 72h, rotatedBindingTTL: 48h }';
