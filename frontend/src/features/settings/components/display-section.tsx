import { SegmentedControl, Switch } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { setDisplay } from "@/lib/app-state";
import { toCallError } from "@/lib/call";
import { useDisplay } from "@/lib/display";
import type { DisplaySettings } from "@/lib/types";
import { Kbd } from "@/ui/kbd/kbd";
import classes from "./settings.module.css";

/** How Purser looks and listens to keys. */
export function DisplaySection() {
  const display = useDisplay();
  const client = useQueryClient();
  const change = useMutation({ mutationFn: (part: Partial<DisplaySettings>) => setDisplay(client, part) });
  const set = (part: Partial<DisplaySettings>) => change.mutate(part);
  return (
    <div className={classes.form}>
      <div className={classes.setting}>
        <span id="display-theme">Colours</span>
        <SegmentedControl
          aria-labelledby="display-theme"
          value={display.theme}
          onChange={(theme) => set({ theme: theme as DisplaySettings["theme"] })}
          data={[
            { value: "system", label: "As the system" },
            { value: "light", label: "Light" },
            { value: "dark", label: "Dark" },
          ]}
        />
      </div>
      <div className={classes.setting}>
        <span id="display-density">Row height</span>
        <SegmentedControl
          aria-labelledby="display-density"
          value={display.density}
          onChange={(density) => set({ density: density as DisplaySettings["density"] })}
          data={[
            { value: "comfortable", label: "Comfortable" },
            { value: "default", label: "Normal" },
            { value: "compact", label: "Compact" },
          ]}
        />
      </div>
      <div className={classes.setting}>
        <span>Keys</span>
        <Switch
          label="Single-key shortcuts"
          checked={display.single_keys}
          onChange={(event) => set({ single_keys: event.currentTarget.checked })}
        />
        <p className={classes.small}>
          Letters such as A to approve. Switch them off if you use speech input; keys with Ctrl stay.
        </p>
      </div>
      <div className={classes.setting}>
        <span>Amounts</span>
        <span className={classes.row}>
          <Switch
            label="Hide amounts"
            checked={display.hide_amounts}
            onChange={(event) => set({ hide_amounts: event.currentTarget.checked })}
          />
          <Kbd keys="mod+shift+h" />
        </span>
        <p className={classes.small}>Money is covered on every page, for sharing the screen.</p>
      </div>
      {change.isError && (
        <p role="alert" className={classes.problem}>
          Not saved. {toCallError(change.error).message}
        </p>
      )}
    </div>
  );
}
