import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Kbd } from "@/ui/kbd/kbd";
import { progressQuery } from "../../api/jobs";
import { useFetchActs } from "./use-fetch-acts";

/** What can be done with all that is fetched; nothing where no account is connected. */
export function FetchTools() {
  const acts = useFetchActs();
  const { data } = useQuery(progressQuery);
  if (!data || data.streams === 0) return null;
  return (
    <>
      <Button variant="default" rightSection={<Kbd keys="shift+r" />} onClick={acts.fetchAll} disabled={data.paused}>
        Fetch all now
      </Button>
      <Button variant="default" rightSection={<Kbd keys="shift+p" />} onClick={acts.pauseAll}>
        {data.paused ? "Resume all" : "Pause all"}
      </Button>
    </>
  );
}
