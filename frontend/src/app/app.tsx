import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useAppState } from "@/lib/app-state";
import { CommandContext } from "@/lib/command-context";
import { CommandRegistry } from "@/lib/commands";
import { type Display, DisplayContext, defaultDisplay } from "@/lib/display";
import { invalidateOnChange } from "@/lib/events";
import { safeLocale } from "@/lib/format";
import { createQueryClient } from "@/lib/query-client";
import { cssVariables, theme } from "@/ui/theme/theme";
import { features } from "./features";
import { createAppRouter } from "./router";
import { topicsOf } from "./topics";

/** Everything that exists once per window. */
export function App() {
  const [client] = useState(createQueryClient);
  const [registry] = useState(() => new CommandRegistry());
  const [router] = useState(() => createAppRouter(features));
  useEffect(() => invalidateOnChange(client, topicsOf(features)), [client]);
  return (
    <QueryClientProvider client={client}>
      <CommandContext value={registry}>
        <DisplayRoot>
          <RouterProvider router={router} />
        </DisplayRoot>
      </CommandContext>
    </QueryClientProvider>
  );
}

/** Theme, density, locale and clock as State() gives them. */
function DisplayRoot({ children }: { children: ReactNode }) {
  const { data: state } = useAppState();
  const display = useMemo<Display>(
    () =>
      state
        ? { ...state.settings, locale: safeLocale(state.locale), now: state.now, demo: state.demo }
        : defaultDisplay,
    [state],
  );
  useEffect(() => {
    document.documentElement.dataset.density = display.density;
    document.documentElement.lang = display.locale.startsWith("en") ? "en" : display.locale;
  }, [display.density, display.locale]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      forceColorScheme={display.theme === "system" ? undefined : display.theme}
    >
      <DisplayContext value={display}>{children}</DisplayContext>
    </MantineProvider>
  );
}
