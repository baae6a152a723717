/** Holes through which what the payment page runs could be changed without anybody noticing. */
import type { Hole } from "./hole.ts";

const inIntegrity = { file: "infra/deployment/subresource-integrity.ts" };
const inChecks = { file: "infra/operate/smoke/page-checks.ts" };
const integrity = (title: string) => ({ file: "test/infra/deployment/subresource-integrity.test.ts", title });
const checks = (title: string) => ({ file: "test/infra/operate/page-checks.test.ts", title });

export const PAGE_HOLES: Hole[] = [
  {
    attack: "client: altered script",
    hole: "the page says nothing of what it names",
    ...inIntegrity,
    replace: 'digests[address] ? `${tag} integrity="${digests[address]}"` : tag',
    by: "tag",
    test: integrity("the page has the digest of each script and style beside its address"),
  },
  {
    attack: "client: altered script",
    hole: "the page says nothing of what comes later",
    ...inIntegrity,
    replace: '.replace("</head>", `  <meta name="digests" content="${json}" />\\n  </head>`)',
    by: '.replace("</head>", `<meta name="digests" content="${json && "{}"}" /></head>`)',
    test: integrity("the page has the digest of every script and style that can come later"),
  },
  {
    attack: "client: altered script",
    hole: "a script without others is not preloaded, and so not verified",
    ...inIntegrity,
    replace: "others.length > 0 ? others : [file]",
    by: "others.filter(() => file)",
    test: integrity("whatever comes later is preloaded, and so verified"),
  },
  {
    attack: "client: altered page",
    hole: "a policy with one more source passes",
    ...inChecks,
    replace: 'issuer.has(word.replace(/;$/, ""))',
    by: "(issuer.has(word.replace(/;$/, '')) || word.includes('s.example'))",
    test: checks("a policy that (lets another site's script in|sends to another site) is found out"),
  },
  {
    attack: "client: altered page",
    hole: "a page with one more script passes",
    ...inChecks,
    replace: "digestOf(page)",
    by: 'digestOf(page.replace(/<script src="[^"]*"><\\/script>/, ""))',
    test: checks("a page with one more script is found out"),
  },
];
