import type { JsonObject } from '../model/json';

/** The application name without the suffix that XSUAA adds for the tenant: `geo` of `geo!t4711`. */
export function withoutTenantSuffix(xsappname: string): string {
  return xsappname.replace(/![a-z][0-9]+$/, '');
}

/**
 * The name that the security descriptor declares, when it is another one than that of an instance.
 * @returns undefined when they agree, or the descriptor leaves the name to XSUAA
 */
export function otherAppName(descriptor: JsonObject | undefined, xsappname: string): string | undefined {
  const declared = descriptor?.['xsappname'];
  return typeof declared === 'string' && declared !== withoutTenantSuffix(xsappname) ? declared : undefined;
}
