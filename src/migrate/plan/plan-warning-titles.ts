/** What each warning of a plan is about, by id: title of its result, which says how it should be. */
export const planWarningTitles = {
  'migrate-domain-unknown': 'The temporary policy can name its hosts',
  'migrate-internal-anybody': 'Callers inside the cluster are named',
  'migrate-internal-refused': 'Callers inside the cluster are named or not there',
  'migrate-policy-name-taken': 'Companions have names of their own',
  'migrate-service-unknown': 'The Pods behind each APIRule are known',
  'migrate-sidecar-missing': 'Pods behind an APIRule ask for a sidecar',
  'migrate-sidecar-refused': 'Pods behind an APIRule take a sidecar',
} as const satisfies Readonly<Record<string, string>>;

/** Id of a warning. */
export type PlanWarningId = keyof typeof planWarningTitles;
