import { Checkbox, MantineProvider, SegmentedControl } from "@mantine/core";
import { useEffect, useState } from "react";
import { CommandContext } from "@/lib/command-context";
import { CommandRegistry, keyName, placeOf } from "@/lib/commands";
import { type Display, DisplayContext, defaultDisplay } from "@/lib/display";
import { cssVariables, theme } from "@/ui/theme/theme";
import classes from "./gallery.module.css";
import { ActingSection } from "./sections/acting";
import { CardSection } from "./sections/cards";
import { ChartSection, DrawingSection, TimelineSection } from "./sections/charts";
import { ControlSection } from "./sections/controls";
import { LiveSection } from "./sections/live";
import { StateSection } from "./sections/states";
import { TableSection } from "./sections/tables";
import { ValueSection } from "./sections/values";

const asked = new URLSearchParams(window.location.search);
const themes = ["light", "dark", "system"] as const;
const densities = ["compact", "default", "comfortable"] as const;

/** Every component in every state. The address can ask for ?theme=dark&density=compact&hide=1&locale=de. */
export function Gallery() {
  const [display, setDisplay] = useState<Display>({
    ...defaultDisplay,
    theme: themes.find((name) => name === asked.get("theme")) ?? "system",
    density: densities.find((name) => name === asked.get("density")) ?? "default",
    hide_amounts: asked.has("hide"),
    locale: asked.get("locale") ?? "en-GB",
    now: "2026-11-25T06:30:00Z",
  });
  const [registry] = useState(() => new CommandRegistry());
  useKeys(registry);
  useEffect(() => {
    document.documentElement.dataset.density = display.density;
  }, [display.density]);
  const change = (part: Partial<Display>) => setDisplay((before) => ({ ...before, ...part }));
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      forceColorScheme={display.theme === "system" ? undefined : display.theme}
    >
      <CommandContext value={registry}>
        <DisplayContext value={display}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
          <div className={classes.page} tabIndex={0}>
            <header className={classes.bar}>
              <h1>Gallery</h1>
              <SegmentedControl
                aria-label="Theme"
                data={[...themes]}
                value={display.theme}
                onChange={(name) => change({ theme: name })}
              />
              <SegmentedControl
                aria-label="Density"
                data={[...densities]}
                value={display.density}
                onChange={(density) => change({ density })}
              />
              <Checkbox
                label="Hide amounts"
                checked={display.hide_amounts}
                onChange={(event) => change({ hide_amounts: event.currentTarget.checked })}
              />
            </header>
            <main className={classes.main}>
              <ValueSection />
              <ChartSection />
              <DrawingSection />
              <CardSection />
              <TimelineSection />
              <TableSection />
              <StateSection />
              <ControlSection />
              <ActingSection />
              <LiveSection />
            </main>
          </div>
        </DisplayContext>
      </CommandContext>
    </MantineProvider>
  );
}

/** Letters are commands here too. */
function useKeys(registry: CommandRegistry) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (registry.press(keyName(event), placeOf(event.target), true, event.timeStamp)) event.preventDefault();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [registry]);
}
