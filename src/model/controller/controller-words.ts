/** A failure as the APIRule controller writes it into `status.description`. @see https://github.com/kyma-project/api-gateway/tree/main/internal/processing/status */
export function attributeFailure(attributePath: string, message: string): string {
  return `Attribute '${attributePath}': ${message}`;
}

/** How many failures the controller shows; it only counts the others. */
export const shownFailures = 3;
