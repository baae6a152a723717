/** The software bill of materials of what is shipped, in the form of CycloneDX 1.5. The same lockfile gives the same bytes. */
import type { InstalledPackage } from "./installed.ts";

interface Product {
  name: string;
  version: string;
  licence: string;
  /** `name@version` of what it needs itself. */
  needs: string[];
}

export function describeBill(product: Product, installed: InstalledPackage[]) {
  const shipped = installed.filter((found) => found.shipped);
  const ids = new Set(shipped.map(idOf));
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.5.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: {
      component: { ...componentOf(product), type: "application" },
    },
    components: shipped.map((found) => ({
      ...componentOf(found),
      scope: "required",
      ...(found.integrity && { hashes: [hashOf(found.integrity)] }),
    })),
    dependencies: [product, ...shipped].map((one) => ({
      ref: idOf(one),
      dependsOn: one.needs.filter((id) => ids.has(id)),
    })),
  };
}

const idOf = ({ name, version }: Pick<Product, "name" | "version">) => `${name}@${version}`;

const componentOf = (product: Omit<Product, "needs">) => ({
  type: "library",
  "bom-ref": idOf(product),
  name: product.name,
  version: product.version,
  purl: `pkg:npm/${product.name.replace("@", "%40")}@${product.version}`,
  licenses: [
    / (OR|AND) /.test(product.licence)
      ? { expression: product.licence }
      : { license: { id: product.licence } },
  ],
});

/** npm writes digests in base64, CycloneDX in hexadecimal. */
function hashOf(integrity: string) {
  const [algorithm = "", digest = ""] = integrity.split("-", 2);
  return {
    alg: algorithm.replace("sha", "SHA-"),
    content: Buffer.from(digest, "base64").toString("hex"),
  };
}
