/** Access tokens that differ from a genuine one in one thing, some of them signed with the issuer's own key. */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKeyInput,
  type KeyObject,
  sign,
} from "node:crypto";

type Claims = Record<string, unknown>;

interface SigningKeys {
  keys: (JsonWebKeyInput["key"] & { kid: string })[];
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const decode = (part = "") => JSON.parse(Buffer.from(part, "base64url").toString()) as Claims;

export type TokenForge = ReturnType<typeof createTokenForge>;

/** @param genuine a token whose header and claims are the pattern; a claim that is undefined is left out */
export function createTokenForge({ keys: [jwk] }: SigningKeys, genuine: string) {
  if (!jwk) throw new Error("the issuer has no key");
  const [header, claims] = genuine.split(".").slice(0, 2).map(decode) as [Claims, Claims];
  const privateKey = createPrivateKey({ key: jwk, format: "jwk" });
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });

  const content = (changes: Claims, headerChanges: Claims = {}) =>
    `${encode({ ...header, ...headerChanges })}.${encode({ ...claims, ...changes })}`;
  const signWith = (key: KeyObject, signed: string) =>
    `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;

  return {
    signed: (changes: Claims) => signWith(privateKey, content(changes)),

    unsigned: (changes: Claims, alg = "none") => `${content(changes, { alg })}.`,

    /** @param carrier a header field in which the token brings its own key */
    signedByStranger(changes: Claims, carrier?: "jwk") {
      const own = { ...stranger.publicKey.export({ format: "jwk" }), kid: jwk.kid };
      return signWith(stranger.privateKey, content(changes, carrier && { [carrier]: own }));
    },

    /** To a verifier that lets the token choose, what everybody may know is then the secret. */
    signedWithPublicKey(changes: Claims) {
      const signed = content(changes, { alg: "HS256" });
      const pem = createPublicKey(privateKey).export({ type: "spki", format: "pem" });
      return `${signed}.${createHmac("sha256", pem).update(signed).digest("base64url")}`;
    },

    /** Other claims under the genuine signature. */
    altered: (changes: Claims) => `${content(changes)}.${genuine.split(".")[2]}`,
  };
}
