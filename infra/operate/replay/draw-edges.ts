/** The graph of all ways that were gone, as an SVG: on each how often by the record, and how often by the candidate. */
import { graphlib, layout } from "@dagrejs/dagre";
import { type Edge, isUntried } from "./count-edges.ts";

const NODE = { width: 190, height: 40 };
const LABEL = { width: 110, height: 18 };
const MARGIN = 16;

interface Point {
  x: number;
  y: number;
}

export function drawEdges(edges: Edge[]): string {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 40, edgesep: 30, ranksep: 44, marginx: MARGIN, marginy: MARGIN });
  for (const place of new Set(edges.flatMap(({ from, to }) => [from, to]))) graph.setNode(place, { ...NODE });
  for (const { from, to } of edges) graph.setEdge(from, to, { ...LABEL, labelpos: "c" });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const changed = edges.filter(isChanged).length;
  const told =
    changed === 0 ? "No way is gone more or less often." : `${changed} ways are gone more or less often.`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${told}" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${told}</title>`,
    `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto"><path d="M0 0 8 4 0 8z" fill="#57606a"/></marker></defs>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...edges.map((edge) => drawEdge(edge, graph.edge(edge.from, edge.to) as Point & { points: Point[] })),
    ...graph.nodes().map((name) => drawPlace(name, graph.node(name) as Point)),
    "</svg>\n",
  ].join("\n");
}

const isChanged = ({ recorded, candidate }: Edge) => recorded !== candidate;

function drawEdge(edge: Edge, { points, x, y }: Point & { points: Point[] }): string {
  const line = points.map((point) => `${round(point.x)} ${round(point.y)}`).join(" L");
  const dashes = isUntried(edge) ? ' stroke-dasharray="4 4"' : "";
  const colour = isChanged(edge) ? "#b35900" : "#57606a";
  const text = isChanged(edge) ? `${edge.recorded} → ${edge.candidate}` : String(edge.recorded);
  return [
    `<path d="M${line}" fill="none" stroke="${colour}"${dashes} stroke-width="${isChanged(edge) ? 2.5 : 1.25}" marker-end="url(#tip)"/>`,
    `<rect x="${round(x - LABEL.width / 2)}" y="${round(y - LABEL.height / 2)}" width="${LABEL.width}" height="${LABEL.height}" fill="#ffffff" opacity="0.85"/>`,
    `<text x="${round(x)}" y="${round(y + 4)}" text-anchor="middle" fill="${colour}"${isChanged(edge) ? ' font-weight="bold"' : ""}>${text}</text>`,
  ].join("");
}

function drawPlace(name: string, { x, y }: Point): string {
  const [left, top] = [round(x - NODE.width / 2), round(y - NODE.height / 2)];
  return `<rect x="${left}" y="${top}" width="${NODE.width}" height="${NODE.height}" rx="8" fill="#f6f8fa" stroke="#8c959f"/><text x="${round(x)}" y="${round(y + 5)}" text-anchor="middle" fill="#1f2328">${escapeXml(name)}</text>`;
}

const round = (length: number) => Math.round(length * 10) / 10;

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeXml = (text: string) => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
