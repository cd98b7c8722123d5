/** Parts of a verification that lie in ConfigMaps. The name of each follows its content. */
export const verificationParts = ['verifier', 'api-rules', 'scope'] as const;

export type VerificationPart = (typeof verificationParts)[number];

const nameLabel = 'app.kubernetes.io/name';
const instanceLabel = 'app.kubernetes.io/instance';
const verifier = 'kyma-guard-verify';

/** Labels of the Pods of the verification with a name. */
export function verificationLabels(name: string): Record<string, string> {
  return { [nameLabel]: verifier, [instanceLabel]: name };
}

/** Name of the verification that Pods with these labels belong to; `undefined` for other Pods. */
export function verificationOf(labels: Readonly<Record<string, string>>): string | undefined {
  return labels[nameLabel] === verifier ? labels[instanceLabel] : undefined;
}

/** What the names of the ConfigMaps of one part begin with; a digest of the content follows. */
export function partPrefix(verification: string, part: VerificationPart): string {
  return `${verification}-${part}-`;
}

/** The part of a verification that a ConfigMap of this name holds; `undefined` when it holds none. */
export function partOf(verification: string, configMap: string): VerificationPart | undefined {
  return verificationParts.find((part) => {
    const prefix = partPrefix(verification, part);
    return configMap.startsWith(prefix) && digest.test(configMap.slice(prefix.length));
  });
}

/** Behind the digest of the verifier stands the number of its piece. */
const digest = /^[0-9a-f]{8}(?:-\d+)?$/;
