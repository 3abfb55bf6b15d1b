import {
  IconAlertOctagon,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf,
  IconClockExclamation,
  IconCloudOff,
  IconLock,
  IconPlayerPause,
  IconPlayerStop,
  IconProgressDown,
  type TablerIcon,
} from "@tabler/icons-react";
import type { Shape, StateLook } from "@/lib/fetching/stream-state";
import classes from "./fetch-state.module.css";

const shapes: Record<Shape, TablerIcon> = {
  done: IconCircleCheck,
  moving: IconProgressDown,
  waiting: IconCircleDashed,
  filling: IconCircleHalf,
  late: IconClockExclamation,
  paused: IconPlayerPause,
  stopped: IconPlayerStop,
  away: IconCloudOff,
  locked: IconLock,
  failed: IconAlertOctagon,
};

/** How something that is fetched stands: shape, word and colour together. */
export function FetchState({ look: { word, shape, tone } }: { look: StateLook }) {
  const Icon = shapes[shape];
  return (
    <span className={classes.state} data-tone={tone}>
      <Icon size={15} stroke={1.8} aria-hidden="true" />
      <span>{word}</span>
    </span>
  );
}
