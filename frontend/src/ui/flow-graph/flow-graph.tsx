import "@xyflow/react/dist/base.css";
import {
  Controls,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  type OnNodesChange,
  Position,
  ReactFlow,
  ReactFlowProvider,
} from "@xyflow/react";
import { type KeyboardEvent, memo, useMemo, useRef } from "react";
import { type FlowEdge, type FlowNode, toneMarks, toneWords } from "./flow";
import classes from "./flow-graph.module.css";
import { neighbour, nodeHeight, nodeWidth, type Placed, place } from "./layout";

type Props = {
  /** Names the graph for screen readers. */
  label: string;
  nodes: readonly FlowNode[];
  edges: readonly FlowEdge[];
  selected: string;
  onSelect: (id: string) => void;
};

type CardNode = Node<{ card: FlowNode }, "card">;

/** What leads to what, from left to right. Tab goes to a node, arrows from node to node, Enter chooses it. */
export function FlowGraph(props: Props) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

const nodeTypes = { card: memo(Card) };
const fitting = { padding: 0.04, maxZoom: 1, minZoom: 0.55 };
const words = { "controls.ariaLabel": "Zoom", "node.a11yDescription.default": "Enter chooses it, arrows go on." };

function Canvas({ label, nodes, edges, selected, onSelect }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const placed = useMemo(() => place(nodes, edges), [nodes, edges]);
  const cards = useMemo(() => placed.map((node) => cardOf(node, node.id === selected)), [placed, selected]);
  const lines = useMemo(() => edges.map((edge) => lineOf(edge, nodes)), [edges, nodes]);
  const onNodesChange: OnNodesChange<CardNode> = (changes) => {
    const chosen = changes.find((change) => change.type === "select" && change.selected);
    if (chosen?.type === "select") onSelect(chosen.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = event.target instanceof Element ? event.target.closest<HTMLElement>(".react-flow__node") : null;
    const to = from && neighbour(placed, edges, from.dataset.id ?? "", event.key);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    box.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(to)}"]`)?.focus();
  };
  return (
    <div ref={box} className={classes.graph} onKeyDownCapture={onKeyDown} role="presentation">
      <ReactFlow<CardNode>
        key={nodes.map((node) => node.id).join(" ")}
        aria-label={label}
        nodes={cards}
        edges={lines}
        nodeTypes={nodeTypes}
        onNodesChange={onNodesChange}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        zoomOnScroll={false}
        preventScrolling={false}
        zoomOnDoubleClick={false}
        ariaLabelConfig={words}
        minZoom={0.3}
        maxZoom={1.6}
        fitView
        fitViewOptions={fitting}
      >
        <Controls position="top-right" orientation="horizontal" showInteractive={false} fitViewOptions={fitting} />
      </ReactFlow>
    </div>
  );
}

function cardOf(node: Placed, selected: boolean): CardNode {
  const said = [node.kind, node.title, toneWords[node.tone], node.note].filter((part) => part !== "").join(", ");
  return {
    id: node.id,
    type: "card",
    position: { x: node.x, y: node.y },
    width: nodeWidth,
    height: nodeHeight,
    // Known beforehand, so that the graph can be drawn at once.
    measured: { width: nodeWidth, height: nodeHeight },
    data: { card: node },
    selected,
    ariaLabel: said,
    ariaRole: "button",
  };
}

function lineOf({ from, to }: FlowEdge, nodes: readonly FlowNode[]): Edge {
  const tone = nodes.find((node) => node.id === from)?.tone ?? "plain";
  return { id: `${from} → ${to}`, source: from, target: to, focusable: false, className: classes[`edge-${tone}`] };
}

function Card({ data: { card } }: NodeProps<CardNode>) {
  return (
    <div className={classes.card} data-tone={card.tone} data-kind={card.kind} title={`${card.title}. ${card.note}`}>
      <Handle type="target" position={Position.Left} className={classes.handle} isConnectable={false} />
      <span className={classes.title}>
        {toneMarks[card.tone] !== "" && (
          <span className={classes.mark} aria-hidden="true">
            {toneMarks[card.tone]}{" "}
          </span>
        )}
        {card.title}
      </span>
      <span className={classes.note}>{card.note}</span>
      <Handle type="source" position={Position.Right} className={classes.handle} isConnectable={false} />
    </div>
  );
}
