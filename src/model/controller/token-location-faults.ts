/** How one trusted issuer says where its tokens stand. */
export interface LocationCounts {
  readonly fromHeaders: number;
  readonly fromParams: number;
}

/** A place for tokens that the controller does not take. */
export interface LocationFault {
  /** Index of the issuer. */
  readonly index: number;
  readonly field: keyof LocationCounts;
  readonly kind: 'mixed' | 'several';
}

/** What the controller refuses in the places of tokens of one rule: more than one place, or headers beside parameters. */
export function tokenLocationFaults(issuers: readonly LocationCounts[]): LocationFault[] {
  let [headers, params] = [false, false];
  return issuers.flatMap(({ fromHeaders, fromParams }, index) => {
    const faults: LocationFault[] = [];
    if (fromHeaders > 0 && params) faults.push({ index, field: 'fromHeaders', kind: 'mixed' });
    headers ||= fromHeaders > 0;
    if (fromParams > 0 && headers) faults.push({ index, field: 'fromParams', kind: 'mixed' });
    params ||= fromParams > 0;
    if (fromHeaders > 1) faults.push({ index, field: 'fromHeaders', kind: 'several' });
    if (fromParams > 1) faults.push({ index, field: 'fromParams', kind: 'several' });
    return faults;
  });
}
