/** SHA-256 as the SDK's signer wants it, by Node. The SDK's own copies each hash before it reads it. */
import { type BinaryLike, createHash, createHmac, type Hash, type Hmac } from "node:crypto";

export class Sha256 {
  readonly #hash: Hash | Hmac;

  /** @param secret text or bytes, for what is keyed with it */
  constructor(secret?: unknown) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as BinaryLike);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }
}
