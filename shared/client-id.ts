/**
 * Whether a client id may be the client secret by mistake. Zoom's ids have about 22 characters and its secrets 32, which nobody
 * promises: it is a reason to ask, not to refuse.
 */
export function looksLikeSecret(clientId: string): boolean {
  return /^[A-Za-z0-9]{32}$/.test(clientId) || clientId.length > 50;
}
