/** Holes in where a student returns to from sign-in and from checkout. */
import type { Hole } from "./hole.ts";

const test = (title: string) => ({ file: "test/attacks/client.test.ts", title });
const httpTest = (title: string) => ({ file: "test/attacks/api-over-http.test.ts", title });
const signInTest = (title: string) => ({ file: "test/attacks/sign-in.test.ts", title });

export const WAY_BACK_HOLES: Hole[] = [
  {
    attack: "client: way back elsewhere",
    hole: "what begins with one slash is taken for a path of this site",
    file: "client/return-path.ts",
    replace: "const url = new URL(path, origin);",
    by: 'if (!path.startsWith("//")) return path;\n  const url = new URL(path, origin);',
    test: test("the way back from signing in stays on this site"),
  },
  {
    attack: "client: way back elsewhere",
    hole: "the way back may begin with two slashes",
    file: "client/return-path.ts",
    replace: 'url.pathname.startsWith("//") ||',
    by: "",
    test: test("the way back from signing in stays on this site"),
  },
  {
    attack: "client: way back elsewhere",
    hole: "checkout returns to where the request says that it came from",
    file: "handlers/api.ts",
    replace: "createApi(composeApi(readSettings(apiSettings, process.env)))",
    by: `(event: APIGatewayProxyEventV2, context: Context) => {
  const settings = readSettings(apiSettings, process.env);
  return createApi(composeApi({ ...settings, CLIENT_URL: event.headers["origin"] ?? settings.CLIENT_URL }))(event, context);
}`,
    test: httpTest("the way back from checkout is the client's own"),
  },
  {
    attack: "client: way back elsewhere",
    hole: "any page may read the API's answers",
    file: "handlers/api.ts",
    replace: 'app.disable("x-powered-by");',
    by: `app.use((request, response, next) => {
    response.set("access-control-allow-origin", request.get("origin"));
    next();
  });`,
    test: httpTest("the way back from checkout is the client's own"),
  },
  {
    attack: "client: way back elsewhere",
    hole: "sign-in returns to wherever it is told",
    file: "infra/local/sign-in/create-provider.ts",
    replace: "return new Provider(",
    by: `const Trusting = class extends Provider {
      constructor(...given: ConstructorParameters<typeof Provider>) {
        super(...given);
        this.Client.prototype.redirectUriAllowed = () => true;
      }
    };
    return new Trusting(`,
    test: signInTest("the way back from sign-in is never"),
  },
];
