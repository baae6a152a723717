/** Holes in what keeps a local server to the user who runs it. */
import type { Hole } from "./hole.ts";

const userTest = (title: string) => ({ file: "test/infra/one-machine/own-user.test.ts", title });

export const OTHER_USER_HOLES: Hole[] = [
  {
    attack: "local: another user of the machine",
    hole: "whoever comes is let in",
    file: "infra/one-machine/loopback.ts",
    replace: "keepToOwnUser(server, watch);",
    by: "void [keepToOwnUser, watch];",
    test: userTest("another user of the machine is refused in a sentence"),
  },
  {
    attack: "local: another user of the machine",
    hole: "whom the tables do not know is let in",
    file: "infra/one-machine/own-user.ts",
    replace: "owner !== undefined && (",
    by: "owner === undefined || (",
    test: userTest("whoever is in no table gets 403"),
  },
  {
    attack: "local: another user of the machine",
    hole: "whoever hangs up at once passes for root",
    file: "infra/one-machine/peer-owner.ts",
    replace: 'inode !== "0" && ',
    by: "",
    test: {
      file: "test/infra/one-machine/peer-owner.test.ts",
      title: "that its process has closed, which says root's number, is nobody's",
    },
  },
];
