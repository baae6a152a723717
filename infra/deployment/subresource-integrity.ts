/**
 * Subresource Integrity for the client's own scripts and styles: a browser takes no file that is not the built one, whoever has
 * changed it where it lies. All digests are in the page, which no cache keeps: a file's name must say all about its content.
 */
import { createHash } from "node:crypto";
import type { Plugin, Rolldown } from "vite";

const PRELOADER = "\0vite/preload-helper.js";
const SETS_ADDRESS = "link.href = dep.href;";
const SETS_DIGEST = `const digests = document.querySelector('meta[name="digests"]');
  link.integrity = JSON.parse(digests?.content ?? "{}")[dep.pathname] ?? "";`;

export function subresourceIntegrity(): Plugin {
  return {
    name: "subresource-integrity",
    apply: "build",
    // A script without others to preload is preloaded itself: what is imported afterwards is what was verified then.
    config: () => ({
      build: {
        modulePreload: { resolveDependencies: (file, others) => (others.length > 0 ? others : [file]) },
      },
    }),
    transform(code, id) {
      if (id !== PRELOADER) return undefined;
      if (!code.includes(SETS_ADDRESS)) this.error("Vite preloads scripts in another way than it did");
      return code.replace(SETS_ADDRESS, `${SETS_DIGEST} ${SETS_ADDRESS}`);
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const digests = digestsOf(Object.values(bundle));
        for (const file of Object.values(bundle)) {
          if (file.type === "asset" && file.fileName.endsWith(".html"))
            file.source = withIntegrity(String(file.source), digests);
        }
      },
    },
  };
}

type Digests = Record<string, string>;

/** By the file's path at the site, e.g. `/assets/index-a1b2c3d4.js`. */
const digestsOf = (files: Rolldown.RolldownOutput["output"][number][]): Digests =>
  Object.fromEntries(
    files
      .filter(({ fileName }) => /\.(js|css)$/.test(fileName))
      .map((file) => [`/${file.fileName}`, digestOf(file.type === "chunk" ? file.code : file.source)]),
  );

const digestOf = (content: string | Uint8Array) =>
  `sha384-${createHash("sha384").update(content).digest("base64")}`;

function withIntegrity(html: string, digests: Digests): string {
  const json = JSON.stringify(digests).replaceAll('"', "&quot;");
  return html
    .replace(/<(?:script|link)\b[^>]*?\b(?:src|href)="(\/assets\/[^"]+)"/g, (tag, address: string) =>
      digests[address] ? `${tag} integrity="${digests[address]}"` : tag,
    )
    .replace("</head>", `  <meta name="digests" content="${json}" />\n  </head>`);
}
