/**
 * Idempotency keys, one for each different request: sending the same again after an answer got lost can
 * then do no second thing.
 */
export class RequestKeys {
  private readonly keys = new Map<string, string>()

  for(request: unknown): string {
    const text = JSON.stringify(request)
    const key = this.keys.get(text) ?? newKey()
    this.keys.set(text, key)
    return key
  }
}

/** 128 random bits. `randomUUID` is only there over HTTPS. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
