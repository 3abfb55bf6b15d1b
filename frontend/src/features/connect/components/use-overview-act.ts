import { useQueryClient } from "@tanstack/react-query";
import { overviewQuery } from "../api/queries";
import type { Overview } from "../api/types";
import { useAct } from "./use-act";

/** Does what answers with all connections, and shows the answer everywhere. */
export function useOverviewAct() {
  const client = useQueryClient();
  const { act, ...rest } = useAct();
  const onOverview = async (work: () => Promise<Overview>): Promise<Overview | undefined> => {
    const told = await act(work);
    if (told) client.setQueryData(overviewQuery.queryKey, told);
    return told;
  };
  return { ...rest, act: onOverview };
}
