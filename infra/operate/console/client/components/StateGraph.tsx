/** The state machine as a graph, each state with how it ended. A click on a state chooses it. */
import {
  BaseEdge,
  Controls,
  type Edge,
  type EdgeProps,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { useMemo } from "react";
import type { Definition } from "#infra/operate/console/contract.ts";
import type { StepStatus } from "#infra/operate/records/steps.ts";
import { type GraphLayout, layOut, NODE } from "../graph-layout.ts";
import { appearanceOfStep, Icon, TONES } from "./Status.tsx";

interface StateGraphProps {
  definition: Definition;
  statuses: Map<string, StepStatus>;
  chosen: string | undefined;
  onChoose: (stateName: string) => void;
}

type StateNodeData = {
  stateName: string;
  type: string;
  status: StepStatus | undefined;
  isChosen: boolean;
  onChoose: (stateName: string) => void;
};

type RoutedEdge = Edge<{ points: { x: number; y: number }[] }>;

const NODE_TYPES = { state: StateNode };
const EDGE_TYPES = { routed: RoutedLine };
/** Room for the controls above the first state, and for the way back that passes the states on their left. */
const FIT = { padding: { top: "44px", left: "60px", right: "16px", bottom: "20px" }, maxZoom: 1.1 } as const;

export function StateGraph({ definition, statuses, chosen, onChoose }: StateGraphProps) {
  const text = JSON.stringify(definition);
  // The definition is new with every refresh, and the same: laying it out again would make the picture jump.
  const layout = useMemo(() => layOut(JSON.parse(text) as Definition), [text]);
  const nodes = toNodes(layout, { statuses, chosen, onChoose });
  const edges = toEdges(layout, statuses);
  return (
    <section
      aria-label="State machine"
      className="h-96 rounded-xl border border-line bg-surface lg:h-[36rem]"
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        fitView
        fitViewOptions={FIT}
        minZoom={0.2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        colorMode="system"
      >
        <Controls showInteractive={false} position="top-right" orientation="horizontal" />
      </ReactFlow>
    </section>
  );
}

function StateNode({ data }: NodeProps<Node<StateNodeData>>) {
  const { stateName, type, status, isChosen, onChoose } = data;
  const { words, tone, icon } = appearanceOfStep(status);
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <button
        type="button"
        data-state={stateName}
        data-status={status ?? "not reached"}
        aria-pressed={isChosen}
        onClick={() => onChoose(stateName)}
        className={`nopan grid h-15 w-52 content-center rounded-lg border-2 px-2.5 text-left leading-tight ${TONES[tone]} ${status ? "" : "border-dashed"} ${isChosen ? "outline-2 outline-offset-2 outline-accent" : ""}`}
      >
        <span className="truncate text-sm font-semibold text-ink">{stateName}</span>
        <span className="flex items-center gap-1 text-xs">
          <Icon name={icon} className="size-3.5" />
          {words}
          <span className="ml-auto text-muted">{type}</span>
        </span>
      </button>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

function RoutedLine({ data, markerEnd = "", style = {} }: EdgeProps<RoutedEdge>) {
  return <BaseEdge path={roundedPath(data?.points ?? [])} markerEnd={markerEnd} style={style} />;
}

/** Through the middles between the points, bent by the points themselves. */
function roundedPath(points: { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return "";
  const bends = rest.slice(0, -1).map(({ x, y }, index) => {
    const next = rest[index + 1] ?? last;
    return `Q ${x} ${y} ${(x + next.x) / 2} ${(y + next.y) / 2}`;
  });
  return [`M ${first.x} ${first.y}`, ...bends, `L ${last.x} ${last.y}`].join(" ");
}

function toNodes(
  { states }: GraphLayout,
  { statuses, chosen, onChoose }: Pick<StateGraphProps, "statuses" | "chosen" | "onChoose">,
): Node<StateNodeData>[] {
  return states.map(({ stateName, state, x, y }) => ({
    id: stateName,
    type: "state",
    position: { x, y },
    ...NODE,
    data: {
      stateName,
      type: state.Type,
      status: statuses.get(stateName),
      isChosen: stateName === chosen,
      onChoose,
    },
  }));
}

function toEdges({ transitions }: GraphLayout, statuses: Map<string, StepStatus>): RoutedEdge[] {
  return transitions.map(({ from, to, isCatch, points }) => {
    const wasTaken = statuses.has(to) && statuses.get(from) === (isCatch ? "caught" : "succeeded");
    return {
      id: `${from} ${to}`,
      source: from,
      target: to,
      type: "routed",
      data: { points },
      markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
      style: {
        strokeWidth: wasTaken ? 2 : 1,
        opacity: wasTaken ? 1 : 0.55,
        ...(isCatch && { strokeDasharray: "5 4" }),
      },
    };
  });
}
