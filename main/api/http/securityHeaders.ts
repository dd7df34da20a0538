/**
 * The content security policy of every page of OpsHall. Styles may be inline because Mantine and MapLibre set them on
 * elements; scripts never are.
 * @param connect sources besides the page's own that it may connect to
 */
export function contentSecurityPolicy(connect: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    ["connect-src 'self'", ...connect].join(' '),
    "worker-src 'self' blob:",
    "media-src 'self' blob:",
    "font-src 'self' data:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Headers of every answer. @param host the request's Host header, checked; null when it was refused */
export function securityHeaders(host: string | null): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(host === null ? [] : [`ws://${host}`, `wss://${host}`]),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
