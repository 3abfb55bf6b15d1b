import type { catalog, dashboards, Narrow, notifications, rules } from "@/lib/contract";

/**
 * One named figure a policy compares with. A ratio of 0.2 is shown and typed as 20 %.
 * A value of null is taken from a fact of each subject, which `from` names.
 */
export type Threshold = Narrow<Omit<rules.ThresholdOutput, "text">>;

/** A policy as far as its thresholds are concerned. */
export type Policy = Narrow<
  Pick<
    rules.PolicyOutput,
    "name" | "title" | "subject" | "version" | "health" | "last_error" | "matches" | "thresholds"
  >,
  { thresholds: Threshold[] }
>;

/** One SKU of the catalogue. A cost or price of null is not known. */
export type Item = Narrow<Omit<catalog.ItemOutput, "tags" | "group">>;

/** The seller's own figures of one SKU; an empty text clears the figure. */
export type ItemInput = catalog.SetItemInput;

export type ItemsInput = catalog.ItemsInput;

export type Items = Narrow<catalog.ItemsOutput, { rows: Item[] }>;

export type CostsResult = catalog.ImportCostsOutput;

/** What one unit of `from` is worth in `to`, from `day` until the next rate given. `rate` has a decimal point. */
export type Rate = dashboards.RateOutput;

/** When the seller may be disturbed. Times are "07:00", a day is "2026-11-26"; "" for none. */
export type NotificationSettings = Narrow<notifications.Settings>;

/** The settings with what they would have come to over a week, and what was sent. */
export type Notifications = Narrow<
  notifications.SettingsOutput,
  { settings: NotificationSettings; defaults: NotificationSettings }
>;
