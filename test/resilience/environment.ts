/** Import this first: handlers read their settings when they are loaded, and the simulation gives them ports of its own. */
import { handlerEnvironment } from "#test/support/handler-environment.ts";

Object.assign(process.env, handlerEnvironment);
