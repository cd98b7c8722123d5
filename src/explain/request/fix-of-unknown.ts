/** What to give so that a request can be told, by what the model misses. */
export function fixOfUnknown(missing: string | undefined): string {
  if (/domain that completes/.test(missing ?? ''))
    return 'Give the domain of the cluster with --domain, such as c-7f31d2a.kyma.ondemand.com.';
  if (/external authorizer/.test(missing ?? '')) return 'Ask the external authorizer itself, or send the request: kyma-guard verify does.';
  return 'Give the objects of the cluster that the sentence names, too.';
}
