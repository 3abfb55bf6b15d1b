import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { Checklists, Item, MonthDetail, Months, Report } from "./types";

/** The months in which something was dealt with, newest first. */
export const monthsQuery = queryOptions({
  queryKey: ["audits", "months"],
  queryFn: () => call<Months>("audits.API.Months"),
});

export const monthQuery = (month: string) =>
  queryOptions({
    queryKey: ["audits", "month", month],
    queryFn: () => call<MonthDetail>("audits.API.Month", { month }),
    enabled: month !== "",
  });

/** One item with its inputs as they were; its rule is run again for it, so it is asked for only where it is shown. */
export const itemQuery = (month: string, id: number) =>
  queryOptions({
    queryKey: ["audits", "item", month, id],
    queryFn: () => call<Item>("audits.API.Item", { month, id }),
    enabled: month !== "" && id > 0,
  });

export const reportQuery = (month: string) =>
  queryOptions({
    queryKey: ["audits", "report", month],
    queryFn: () => call<Report>("audits.API.Report", { month }),
    enabled: month !== "",
  });

export const checklistsQuery = queryOptions({
  queryKey: ["audits", "checklists"],
  queryFn: () => call<Checklists>("audits.API.Checklists"),
});
