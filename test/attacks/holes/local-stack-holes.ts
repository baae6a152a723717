/** Holes in what keeps the one-machine deployment to its machine and to its owner. */
import type { Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/attacks/local-stack.test.ts", title });

const folderTest = (title: string) => ({ file: "test/infra/local/storage/data-directory.test.ts", title });

const anyHost = (name: string, file: string, replace: string, by: string): Hole => ({
  attack: "local: another Host",
  hole: `${name} answers to any name`,
  file,
  replace,
  by,
  test: test(`every local server ${name} answers to this machine's names only`),
});

export const LOCAL_STACK_HOLES: Hole[] = [
  {
    attack: "local: other address",
    hole: "servers listen on every address",
    file: "infra/one-machine/loopback.ts",
    replace: 'listen(server, port, "127.0.0.1")',
    by: 'listen(server, port, "0.0.0.0")',
    test: test("all of them listen on both loopback addresses only"),
  },
  {
    attack: "local: other address",
    hole: "[::1] is left to whoever comes",
    file: "infra/one-machine/loopback.ts",
    replace: 'await listen(companion, got, "::1");',
    by: "return got;",
    test: test("all of them listen on both loopback addresses only"),
  },
  {
    attack: "local: other address",
    hole: "the table has a port of its own",
    file: "infra/local/aws/dynamodb.ts",
    replace: "let store!: dynalite.Store;",
    by: 'let store!: dynalite.Store;\n  (await import("node:http")).createServer().listen(0, "127.0.0.1");',
    test: test("no port is open but those that people are told of"),
  },
  anyHost(
    "http",
    "infra/local/http-api/start-http-api.ts",
    "!isLoopbackHost(request.headers.host)",
    "!request.headers.host",
  ),
  anyHost("aws", "infra/local/aws/http-endpoint.ts", "!isLoopbackHost(headers.host)", "!headers.host"),
  anyHost(
    "stripe",
    "infra/local/stripe/stand-in.ts",
    "!isLoopbackHost(request.headers.host)",
    "!request.headers.host",
  ),
  anyHost(
    "signIn",
    "infra/local/sign-in/start-issuer.ts",
    "isLoopbackHost(request.headers.host)",
    "request.headers.host",
  ),
  anyHost(
    "the console",
    "infra/operate/console/create-site.ts",
    "!isLoopbackHost(request.headers.host)",
    "!request.headers.host",
  ),
  {
    attack: "local: another Host",
    hole: "a name that begins like this machine's is this machine's",
    file: "infra/one-machine/loopback.ts",
    replace: "(:\\d+)?$/i",
    by: "/i",
    test: test("every local server http answers to this machine's names only"),
  },
  {
    attack: "local: another Host",
    hole: "a page elsewhere can redrive executions",
    file: "infra/operate/console/routes.ts",
    replace: '!request.headers["x-bursar-console"]',
    by: '!request.headers["host"]',
    test: test("the console answers to this machine's names only, and changes nothing for a page elsewhere"),
  },
  {
    attack: "local: live key",
    hole: "a live secret key is accepted",
    file: "infra/local/settings.ts",
    replace: "!/^(sk|rk)_live_/.test(key)",
    by: "key.length > 0",
    test: test("a live key in STRIPE_SECRET_KEY is refused"),
  },
  {
    attack: "local: live key",
    hole: "a live publishable key is accepted",
    file: "infra/local/settings.ts",
    replace: '.startsWith("pk_test_",',
    by: '.startsWith("pk_",',
    test: test("a live key in STRIPE_PUBLISHABLE_KEY is refused"),
  },
  {
    attack: "local: live key",
    hole: "the refusal repeats the key",
    file: "infra/local/settings.ts",
    replace: '"is a live key; this stack takes test keys only (sk_test_...)"',
    by: "{ error: ({ input }) => `is a live key: ${String(input)}` }",
    test: test("a live key ends the start in a sentence that does not repeat the key"),
  },
  {
    attack: "local: readable by others",
    hole: "what AWS and Stripe's stand-in store is open to all users",
    file: "infra/local/storage/create-directory.ts",
    replace: "mode: 0o700",
    by: "mode: 0o755",
    test: test("what the stack has written is readable by its owner only"),
  },
  {
    attack: "local: readable by others",
    hole: "the signing key is open to all users",
    file: "infra/local/sign-in/signing-keys.ts",
    replace: "mode: 0o600",
    by: "mode: 0o644",
    test: {
      file: "test/infra/local/sign-in/issuer.test.ts",
      title: "the signing key is readable by its owner only",
    },
  },
  {
    attack: "local: folder of others",
    hole: "any folder is taken for ours",
    file: "infra/local/storage/data-directory.ts",
    replace: "!names ||",
    by: "true ||",
    test: folderTest("a folder that is not ours is refused, and stays as it was with files of others"),
  },
  {
    attack: "local: folder of others",
    hole: "what has our folders' names is ours",
    file: "infra/local/storage/data-directory.ts",
    replace: "KNOWN_FILE.test(",
    by: "Boolean(",
    test: folderTest("is refused, and stays as it was with folders that only have our names"),
  },
  {
    attack: "local: folder of others",
    hole: "two stacks may use one folder",
    file: "infra/local/storage/data-directory.ts",
    replace: "lock = await takeLock(directory);",
    by: "",
    test: folderTest("a folder of ours is not used by two stacks, and the second deletes nothing"),
  },
];
