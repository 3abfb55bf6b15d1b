import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { progressQuery } from "@/lib/fetching/queries";
import { Kbd } from "@/ui/kbd/kbd";
import classes from "./amazon.module.css";
import { useFetchActs } from "./use-fetch-acts";

/** What can be done with all that is fetched; nothing where no account is connected. */
export function FetchTools() {
  const acts = useFetchActs();
  const { data } = useQuery(progressQuery);
  if (!data || data.streams === 0) return null;
  return (
    <div className={classes.tools}>
      <Button variant="default" rightSection={<Kbd keys="shift+r" />} onClick={acts.fetchAll} disabled={data.paused}>
        Fetch all
      </Button>
      <Button variant="default" rightSection={<Kbd keys="shift+p" />} onClick={acts.pauseAll}>
        {data.paused ? "Resume all" : "Pause all"}
      </Button>
    </div>
  );
}
