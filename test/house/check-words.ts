/** Finds what a student would read and no table of words has: such a text stays English in every language. */
import { parseSync } from "vite";

interface Node {
  type: string;
  [field: string]: unknown;
}

/** Attributes whose text is for programs. */
const TECHNICAL =
  /^(className|id|key|to|href|src|rel|target|type|name|role|lang|method|action|autoComplete|variant|tone|progress|htmlFor|data-[\w-]+|aria-(hidden|live|busy|current|labelledby|describedby|controls)|loading|decoding|viewBox|d|fill|stroke\w*|transform|preserveAspectRatio)$/;

/** A word or a sentence as people write it, and no identifier, header or list of classes. */
const PROSE = /^\p{Lu}\p{Ll}+([\s.,:;!?…]|$)/u;

/** What begins with a capital letter and is for programs: a scheme, a class of errors, a key; and languages, each by its own name. */
const NO_PROSE = /^(Bearer $|ErrorResponse$|ApiError$|English$|Deutsch$)/;

/** @returns each finding as it stands in the source */
export function findLooseWords(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed`);
  return findIn(program as unknown as Node);
}

/** @param isShown within an attribute for people: what a text is put together from begins with no capital letter */
function findIn(node: Node, isShown = false): string[] {
  switch (node.type) {
    case "JSXText":
      return readable(node["value"]);
    case "JSXAttribute":
      return findInAttribute(node);
    case "ImportDeclaration":
    case "TSLiteralType":
      return [];
    case "NewExpression":
      // For the console alone.
      if (/(Error|Exception)$/.test(nameOf(node["callee"]))) return [];
      break;
    case "Literal":
      return prose(node["value"]);
    case "TemplateElement": {
      const { cooked } = node["value"] as { cooked: string };
      return isShown ? readable(cooked) : prose(cooked);
    }
  }
  return childrenOf(node).flatMap((child) => findIn(child, isShown));
}

function findInAttribute(attribute: Node): string[] {
  const value = attribute["value"] as Node | null;
  if (!value || TECHNICAL.test(nameOf(attribute["name"]))) return [];
  return value.type === "Literal" ? readable(value["value"]) : findIn(value, true);
}

const readable = (text: unknown) => (typeof text === "string" && /\p{Ll}/u.test(text) ? [text.trim()] : []);

const prose = (text: unknown) =>
  typeof text === "string" && PROSE.test(text) && !NO_PROSE.test(text) ? [text.trim()] : [];

const nameOf = (node: unknown) => {
  const name = (node as Node | undefined)?.["name"];
  return typeof name === "string" ? name : "";
};

const childrenOf = (node: Node): Node[] =>
  Object.values(node)
    .flat()
    .filter((child): child is Node => typeof (child as Node | null)?.type === "string");
