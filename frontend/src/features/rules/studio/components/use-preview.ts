import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { previewQuery } from "../../api/studio-queries";
import type { Preview } from "../../api/studio-types";
import type { DraftState } from "../logic/draft-store";

/** What the draft would do now. While it has a fault, or is being asked, the last good answer stays. */
export function usePreview(state: DraftState, subject: string) {
  const asks = state.phase === "ready" && state.policy !== null && state.problems.length === 0 && state.checked !== "";
  const query = useQuery({
    ...previewQuery(state.checked, subject),
    enabled: asks,
    placeholderData: keepPreviousData,
  });
  const [good, setGood] = useState<Preview>();
  const { data } = query;
  useEffect(() => {
    if (data && data.draft.problems.length === 0) setGood(data);
  }, [data]);
  const shown = data && data.draft.problems.length === 0 ? data : good;
  const old = state.pending || !asks || query.isPlaceholderData || query.isFetching || shown !== data;
  return { preview: shown, old, error: query.error };
}
