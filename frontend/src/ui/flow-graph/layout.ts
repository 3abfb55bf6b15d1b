import { Graph, layout } from "@dagrejs/dagre";
import type { FlowEdge, FlowNode } from "./flow";

export const nodeWidth = 136;
export const nodeHeight = 54;

/** A node with the place of its left upper corner, in pixels. */
export type Placed = FlowNode & { x: number; y: number };

/** Puts nodes in columns, each to the right of all that lead to it. */
export function place(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): Placed[] {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 10, ranksep: 22, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { width: nodeWidth, height: nodeHeight });
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  return nodes.map((node) => {
    const { x, y } = graph.node(node.id) as { x: number; y: number };
    return { ...node, x: x - nodeWidth / 2, y: y - nodeHeight / 2 };
  });
}

/** The node that an arrow key leads to: along an edge to the sides, in the same column up and down. */
export function neighbour(
  placed: readonly Placed[],
  edges: readonly FlowEdge[],
  id: string,
  key: string,
): string | null {
  const at = placed.find((node) => node.id === id);
  if (!at) return null;
  const nearest = (nodes: readonly Placed[]) =>
    [...nodes].sort((a, b) => Math.abs(a.y - at.y) - Math.abs(b.y - at.y))[0]?.id ?? null;
  const among = (ids: string[]) => nearest(placed.filter((node) => ids.includes(node.id)));
  const column = placed.filter((node) => Math.abs(node.x - at.x) < nodeWidth / 2);
  switch (key) {
    case "ArrowRight":
      return among(edges.filter((edge) => edge.from === id).map((edge) => edge.to));
    case "ArrowLeft":
      return among(edges.filter((edge) => edge.to === id).map((edge) => edge.from));
    case "ArrowDown":
      return nearest(column.filter((node) => node.y > at.y));
    case "ArrowUp":
      return nearest(column.filter((node) => node.y < at.y));
    default:
      return null;
  }
}
