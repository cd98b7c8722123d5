import type { JsonPath } from '../../model/json';

/** Says in which version a live APIRule was written; set by Kyma's webhooks. */
export const originAnnotation = 'gateway.kyma-project.io/original-version';

/** The spec of an APIRule that was written as v1beta1, as JSON; set by Kyma's webhooks. */
export const oldSpecAnnotation = 'gateway.kyma-project.io/v1beta1-spec';

/** Where {@link oldSpecAnnotation} stands in an object. */
export const annotationPath: JsonPath = ['metadata', 'annotations', oldSpecAnnotation];

/** Annotations by which the controller knows that an APIRule is of an older version, or how far it has come. None belongs to APIRule v2. */
export const migrationAnnotations = [
  originAnnotation,
  oldSpecAnnotation,
  'gateway.kyma-project.io/v2alpha1-rules',
  'gateway.kyma-project.io/migration-step',
];
