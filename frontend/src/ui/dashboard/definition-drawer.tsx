import { Button, CloseButton, Drawer } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useState } from "react";
import type { Reference } from "@/lib/dashboards/types";
import { Definition } from "./definition";
import classes from "./definition.module.css";

const over = "Where this number comes from";

type DrawerProps = { reference: Reference | null; onClose: () => void };

/** What a number is, over the page it was asked on. Esc closes it; parts lead one level down, and back. */
export function DefinitionDrawer({ reference, onClose }: DrawerProps) {
  return (
    <Drawer.Root
      opened={reference !== null}
      onClose={onClose}
      position="right"
      size={420}
      transitionProps={{ duration: 0 }}
    >
      <Drawer.Overlay backgroundOpacity={0.12} />
      <Drawer.Content aria-label={over}>
        <Drawer.Body className={classes.drawer}>
          <div className={classes.head}>
            <span className={classes.over}>{over}</span>
            <CloseButton aria-label="Close" onClick={onClose} />
          </div>
          {reference && <Trail key={`${reference.name} ${reference.subject}`} start={reference} onLeave={onClose} />}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** The numbers gone through, from the one that was asked about. */
function Trail({ start, onLeave }: { start: Reference; onLeave: () => void }) {
  const [trail, setTrail] = useState<readonly Reference[]>([start]);
  const at = trail.at(-1) ?? start;
  return (
    <>
      {trail.length > 1 && (
        <Button
          variant="subtle"
          className={classes.back}
          leftSection={<IconArrowLeft size={14} stroke={1.6} aria-hidden="true" />}
          onClick={() => setTrail(trail.slice(0, -1))}
        >
          Back
        </Button>
      )}
      <Definition reference={at} onReference={(next) => setTrail([...trail, next])} onLeave={onLeave} />
    </>
  );
}
