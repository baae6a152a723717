/** In the API's bundle instead of `iconv-lite`: UTF-8, which Node itself reads, and no other encoding. */

export const encodingExists = (name: string): boolean => /^utf-?8$/i.test(name);

/** @throws Error by whose first words `raw-body` knows that it is to answer 415 */
export function getDecoder(name: string) {
  if (!encodingExists(name)) throw new Error(`Encoding not recognized: ${name}`);
  const decoder = new TextDecoder();
  return {
    write: (bytes: Uint8Array) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}

export function decode(bytes: Uint8Array, name: string): string {
  const decoder = getDecoder(name);
  return decoder.write(bytes) + decoder.end();
}
