/** What approvals of before left: a line in the draft order, and a task with its steps. */
export const mockWaiting = {
  RestockLines: () => ({
    lines: [
      {
        id: "l1",
        decision: "2",
        marketplace: "US",
        sku: "SKU-104",
        title: "Steel flask 750 ml",
        units: 480,
        state: "draft",
        label: "SKU-104 Steel flask 750 ml",
        unit_cost: { minor: 605, currency: "USD", text: "$6.05" },
        total: { minor: 290400, currency: "USD", text: "$2,904.00" },
        created_at: "2026-11-25T07:31:00Z",
      },
    ],
    totals: [{ minor: 290400, currency: "USD", text: "$2,904.00" }],
    without_cost: 0,
  }),
  Tasks: () => ({
    tasks: [
      {
        id: "t1",
        decision: "3",
        title: "Re-evaluate SKU-087",
        link: "",
        created_at: "2026-11-24T07:31:00Z",
        steps: [
          { text: "Read the last 11 reviews", done: true },
          { text: "Check the lid of the last batch", done: false },
          { text: "Rewrite the third bullet of the listing", done: false },
        ],
      },
    ],
  }),
};
