/** Longest DNS label. @see RFC 1035 section 2.3.4 */
const labelLimit = 63;
/** Longest DNS name. @see RFC 1035 section 2.3.4 */
const nameLimit = 253;
/** Longest host that an APIRule takes. */
const hostLimit = 255;

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const rfc1035Label = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const topLevel = /^[a-z0-9]{2,63}$/;

/** True for a name that Kubernetes takes for most namespaced things: lower case, at most 63 characters. @see RFC 1123 section 2.1 */
export function isDnsLabel(text: string): boolean {
  return text.length <= labelLimit && dnsLabel.test(text);
}

/** True for a name that a Service may have: a DNS label that begins with a letter. @see RFC 1035 section 2.3.1 */
export function isRfc1035Label(text: string): boolean {
  return text.length <= labelLimit && rfc1035Label.test(text);
}

/** True for dot-separated DNS labels, at most 253 characters together. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= nameLimit && text.split('.').every(isDnsLabel);
}

/**
 * True for the name of an object: like a DNS name of at most 253 characters, whose labels may be longer than DNS admits.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export function isObjectName(text: string): boolean {
  return text.length <= nameLimit && text.split('.').every((label) => dnsLabel.test(label));
}

/** True for a host of one label, which the controller completes with the domain of the gateway. */
export function isShortHost(text: string): boolean {
  return isDnsLabel(text);
}

/** True for `*.` before a full name: every host below it. */
export function isWildcardHost(text: string): boolean {
  return text.startsWith('*.') && isFullHost(text);
}

/** True for a fully qualified lower-case name with at least two labels, or `*.` before such a name. At most 255 characters. */
export function isFullHost(text: string): boolean {
  if (text.length > hostLimit) return false;
  const labels = (text.startsWith('*.') ? text.slice(2) : text).split('.');
  return labels.length > 1 && labels.every(isDnsLabel) && topLevel.test(labels.at(-1) ?? '');
}

/** True for what `spec.hosts` of an APIRule v2 takes. @see Kyma APIRule custom resource, `spec.hosts` */
export function isApiRuleHost(text: string): boolean {
  return isShortHost(text) || isFullHost(text);
}

/** True for `namespace/name` of a Gateway; the dotted forms of older APIRule versions are refused. */
export function isGatewayName(text: string): boolean {
  const parts = text.split('/');
  return parts.length === 2 && parts.every(isDnsLabel);
}

/** Completes a host of one label with the domain of the gateway. Other hosts, and all hosts without a domain, stay as they are. */
export function completeHost(host: string, domain: string | undefined): string {
  return domain !== undefined && isShortHost(host) ? `${host}.${domain}` : host;
}
