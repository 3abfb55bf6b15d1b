import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { type RenderOptions, render as renderBare } from "@testing-library/react";
import type { ReactElement, ReactNode } from "react";
import { type Display, DisplayContext, defaultDisplay } from "@/lib/display";
import { createQueryClient } from "@/lib/query-client";
import { cssVariables, theme } from "@/ui/theme/theme";

export * from "@testing-library/react";

type Options = Omit<RenderOptions, "wrapper"> & { display?: Partial<Display> };

/** Renders with the providers every component lives in. */
export function render(ui: ReactElement, { display, ...options }: Options = {}) {
  const client = createQueryClient();
  const value = { ...defaultDisplay, now: "2026-11-25T19:00:00Z", ...display };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} env="test">
      <QueryClientProvider client={client}>
        <DisplayContext value={value}>{children}</DisplayContext>
      </QueryClientProvider>
    </MantineProvider>
  );
  return { client, ...renderBare(ui, { wrapper, ...options }) };
}
