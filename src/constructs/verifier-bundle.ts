import { ConfigMap } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { partPrefix } from '../model/verification-names';
import { verifierProblems, type VerifierContent } from '../model/verifier-content';
import { inWave, type ObjectMetadata } from './object-metadata';

/** A ConfigMap that carries a part of the verifier. */
export interface VerifierPiece {
  readonly configMap: string;
  /** Name of the file in the Pod; sorted, they are in order. */
  readonly key: string;
  readonly base64: string;
}

/**
 * Characters of base64 in one ConfigMap; a multiple of four, so that each piece is base64 by itself. Client-side apply copies the whole object into
 * an annotation, and all annotations together may have 262,144 bytes.
 */
const pieceLength = 174_760;

/** The pieces of a verifier in order, without creating them: the Job and the ConfigMaps refer to each other by name. */
export function verifierPieces(name: string, { sha256, gzip }: VerifierContent): VerifierPiece[] {
  return Array.from({ length: Math.max(1, Math.ceil(gzip.length / pieceLength)) }, (_, index) => ({
    configMap: `${partPrefix(name, 'verifier')}${sha256.slice(0, 8)}-${index}`,
    key: `verifier.${String(index).padStart(2, '0')}`,
    base64: gzip.slice(index * pieceLength, (index + 1) * pieceLength),
  }));
}

/** Properties of {@link VerifierBundle}. */
export interface VerifierBundleProps {
  /** Name and namespace of the verification job that it is for. */
  readonly metadata: ObjectMetadata;
  /** @see `kyma-guard/verifier.json` */
  readonly content: VerifierContent;
}

/** The verifier in immutable ConfigMaps, so that a Job on a plain Node.js image can run it. */
export class VerifierBundle extends Construct {
  constructor(scope: Construct, id: string, { metadata, content }: VerifierBundleProps) {
    super(scope, id);
    const problems = verifierProblems(content);
    this.node.addValidation({ validate: () => problems });
    for (const { configMap, key, base64 } of verifierPieces(metadata.name, content)) {
      new ConfigMap(this, key, {
        metadata: inWave('workload', { ...metadata, name: configMap }),
        binaryData: { [key]: base64 },
        immutable: true,
      });
    }
  }
}
