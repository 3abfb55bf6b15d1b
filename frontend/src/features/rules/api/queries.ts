import { queryOptions } from "@tanstack/react-query";
import { call } from "@/lib/call";
import type { Policies } from "./types";

export const policiesQuery = queryOptions({
  queryKey: ["rules", "policies"],
  queryFn: () => call<Policies>("rules.API.Policies"),
});
