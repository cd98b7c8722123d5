import { Namespace } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { isDnsLabel } from '../model/names';
import { syncWave } from './object-metadata';

/** Properties of {@link MeshNamespace}. */
export interface MeshNamespaceProps {
  /** A DNS label, at most 63 characters. */
  readonly name: string;
  /** @default - only the mesh label */
  readonly labels?: Readonly<Record<string, string>>;
  /** @default - only the sync wave */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Namespace whose Pods join the service mesh, which every Pod behind an APIRule v2 must do. */
export class MeshNamespace extends Namespace {
  constructor(scope: Construct, id: string, props: MeshNamespaceProps) {
    const labels = { ...props.labels, 'istio-injection': 'enabled' };
    super(scope, id, { metadata: { name: props.name, labels, annotations: { ...syncWave('namespace'), ...props.annotations } } });
    const message = `"${props.name}" is no namespace name; give a-z, 0-9 and "-", at most 63 characters`;
    this.node.addValidation({ validate: () => (isDnsLabel(props.name) ? [] : [message]) });
  }
}
