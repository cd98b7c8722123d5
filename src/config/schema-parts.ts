import * as z from 'zod';

/**
 * Small schemas shared by the sections of the configuration. The text of each check says what to give instead; the reader of
 * problems puts the value that was found in front of it.
 */

/** Name of most namespaced things. @see RFC 1123 */
export const dnsLabel = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, 'a DNS label: lower-case letters, digits and hyphens, at most 63');

/** Name of a Service, which must begin with a letter. @see RFC 1035 */
export const serviceLabel = z
  .string()
  .regex(
    /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
    'a name that a Service can have: a lower-case letter, then letters, digits and hyphens, at most 63',
  );

/** Name of a Secret or ConfigMap. */
export const objectName = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    'a DNS subdomain: labels of lower-case letters, digits and hyphens',
  );

/** A domain without scheme, port or final dot. */
export const domainName = z
  .string()
  .max(253)
  .regex(/^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z0-9]{2,63}$/, 'a domain in lower case, such as c-1234567.kyma.ondemand.com');

/** Host of an API rule: a label, a full name, or a wildcard for one level. */
export const hostName = z
  .string()
  .max(255)
  .regex(
    /^(\*\.([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z0-9]{2,63}|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?((\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*\.[a-z0-9]{2,63})?)$/,
    'a DNS label such as "location", a full host in lower case, or "*." and a domain',
  );

/** Path of a rule. @see Kyma APIRule custom resource, `spec.rules.path` */
export const rulePath = z
  .string()
  .regex(
    /^(((\/([A-Za-z0-9\-._~!$&'()+,;=:@]|%[0-9a-fA-F]{2})*)|(\/\{\*{1,2}\}))+|\/\*)$/,
    'a path such as /orders, /orders/{*} for one segment, /orders/{**} for the rest, or /* for all; regular expressions are not understood',
  );

/** `namespace/name` of an Istio Gateway. */
export const gatewayName = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\/[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/,
    'NAMESPACE/NAME of a Gateway, such as kyma-system/kyma-gateway',
  );

/** Path of a file under the folder of the configuration. */
export const filePath = z.string().min(1, 'a path below the folder of this file');

/** How long the gateway waits, in whole seconds. */
export const timeout = z
  .int('whole seconds from 1 to 3900')
  .min(1, 'whole seconds from 1 to 3900')
  .max(3900, 'whole seconds from 1 to 3900');

/** A duration as Go reads it; days do not exist there. */
export const duration = z
  .string()
  .regex(/^([0-9]+(\.[0-9]+)?(h|m|s))+$/, 'a duration in h, m and s, such as 72h (days are not understood)');

/** A text that says something. */
export const word = z.string().min(1, 'a text that is not empty');

/** Labels, annotations, headers: names and texts. */
export const texts = z.record(z.string().min(1, 'a name'), z.string('a text; put numbers and true or false in quotes'));
