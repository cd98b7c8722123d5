import { Namespace } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { isDnsLabel } from '../model/names';
import { syncWave } from './object-metadata';

/** Properties of {@link VerificationNamespace}. */
export interface VerificationNamespaceProps {
  /** A DNS label, at most 63 characters. */
  readonly name: string;
}

/** A Namespace for verification alone: outside of the service mesh, and for Pods of the restricted standard only. */
export class VerificationNamespace extends Namespace {
  constructor(scope: Construct, id: string, { name }: VerificationNamespaceProps) {
    /** @see https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
    const labels = { 'istio-injection': 'disabled', 'pod-security.kubernetes.io/enforce': 'restricted' };
    super(scope, id, { metadata: { name, labels, annotations: syncWave('namespace') } });
    this.node.addValidation({ validate: () => (isDnsLabel(name) ? [] : [`"${name}" is no namespace name`]) });
  }
}
