import { Button } from "@mantine/core";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useAnnounce } from "@/lib/announce";
import { call, toCallError } from "@/lib/call";
import type { actions } from "@/lib/contract";
import { useDisplay } from "@/lib/display";
import { formatInstant } from "@/lib/format";
import classes from "./studio.module.css";

const modesQuery = queryOptions({
  queryKey: ["actions", "modes"],
  queryFn: async () => (await call<{ modes: actions.ModeOutput[] }>("actions.API.Modes")).modes,
});

/** Says that a rule is only watched so far, and lets it propose. */
export function WatchedLine({ policy }: { policy: string }) {
  const { locale, now } = useDisplay();
  const { data } = useQuery(modesQuery);
  const client = useQueryClient();
  const announce = useAnnounce();
  const propose = useMutation({
    mutationFn: () =>
      call("actions.API.SetMode", {
        policy,
        mode: "propose",
        consent: "",
        band: { per_day: 0, units_max: 0, minor: 0, currency: "", only: [] },
      }),
    onSuccess: () => announce("The rule proposes from now on: what it finds is under Today."),
    onSettled: () => {
      for (const key of ["actions", "decisions", "app"]) void client.invalidateQueries({ queryKey: [key] });
    },
  });
  const mode = data?.find((one) => one.policy === policy);
  if (mode?.mode !== "observe") return null;
  return (
    <div className={classes.watched}>
      <span>
        Watched{mode.since !== "" && ` since ${formatInstant(mode.since, locale, now)}`}: it asks nobody, and what it
        finds is listed under{" "}
        <Link to="/today" search={{ tab: "observed" }}>
          Today, Observed
        </Link>
        . Two weeks show whether it is right.
      </span>
      <Button size="compact-sm" variant="default" loading={propose.isPending} onClick={() => propose.mutate()}>
        Let it propose
      </Button>
      {propose.error !== null && <span role="alert">{toCallError(propose.error).message}</span>}
    </div>
  );
}
