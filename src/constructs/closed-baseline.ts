import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { isDnsLabel, isObjectName } from '../model/names';
import { inWave, type ObjectMetadata } from './object-metadata';

/** Properties of {@link ClosedBaseline}. */
export interface ClosedBaselineProps {
  readonly metadata: ObjectMetadata;
  /** Labels of the Pods to close; at least one, because an empty selector would close the whole namespace. */
  readonly selector: Readonly<Record<string, string>>;
}

/**
 * Closes a workload until an APIRule opens it: an AuthorizationPolicy that allows and lists nothing. The controller of APIRules creates the
 * route before the policies, so without a baseline the workload stands open for a moment, and stays open when the policies fail.
 * It also refuses callers inside the cluster; further policies of action ALLOW open the workload for them.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class ClosedBaseline extends Construct {
  /** @throws {TypeError} when the selector is empty */
  constructor(scope: Construct, id: string, props: ClosedBaselineProps) {
    super(scope, id);
    if (Object.keys(props.selector).length === 0) throw new TypeError('an empty selector would close every workload of the namespace');
    const problems = nameProblems(props.metadata);
    this.node.addValidation({ validate: () => problems });
    new ApiObject(this, 'Resource', {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: inWave('workload', props.metadata),
      spec: { action: 'ALLOW', selector: { matchLabels: { ...props.selector } } },
    });
  }
}

function nameProblems({ name, namespace }: ObjectMetadata): string[] {
  const named = isObjectName(name) ? [] : [`"${name}" is no name of an AuthorizationPolicy`];
  return isDnsLabel(namespace) ? named : [...named, `"${namespace}" is no namespace name`];
}
