import type { notifications } from "../src/lib/contract";

const shipped: notifications.Settings = {
  brief: "07:30",
  quiet_from: "21:00",
  quiet_to: "07:00",
  budget: 3,
  paused: "",
};

/** How and when Purser speaks up, and what it said last. */
export function mockNotifications() {
  let settings = { ...shipped };
  const answer = (shown: notifications.Settings): notifications.SettingsOutput => ({
    settings: shown,
    defaults: shipped,
    week: 6,
    messages: [
      { at: "2026-11-25T07:30:00Z", brief: true, things: 9, title: "9 decisions this morning", body: "1 is critical." },
      { at: "2026-11-24T14:05:00Z", brief: false, things: 1, title: "Late shipments 3.8 %", body: "The limit is 4 %." },
    ],
  });
  return {
    Settings: () => answer(settings),
    SetSettings: (input: notifications.Settings) => {
      settings = { ...input };
      return answer(settings);
    },
    Preview: (input: notifications.Settings) => answer(input),
  };
}
