import { useAppState } from "@/lib/app-state";
import classes from "./settings.module.css";

/** What Purser is, what it is made of, and what it does not do. */
export function AboutSection() {
  const { data: state } = useAppState();
  return (
    <div className={classes.prose}>
      <h2>Purser {state?.version}</h2>
      <p>
        Purser reads the reports of a seller account, says what needs attention and why, and proposes what to do. You
        decide.
      </p>
      <h2>What leaves this computer</h2>
      <p>
        Nothing. Purser sends no data, counts no use and fetches no adverts. Buyers' names, addresses and e-mails are
        dropped from every report before anything is stored.
      </p>
      <h2>Amazon's APIs</h2>
      <p>
        Amazon's guidance for the Selling Partner API does not accept desktop apps that work unconnected to their
        developer for public listing. Purser works with the report files you download, so no API is involved, and it
        never drives Amazon's pages or scrapes them.
      </p>
      <p>Purser is not made, checked or endorsed by Amazon.</p>
      <h2>Licences</h2>
      <p>
        Purser is free software under the Apache License 2.0, without any warranty. It is built with Go, SQLite, Wails,
        CEL, React, Mantine, TanStack, uPlot, Apache ECharts, Tabler Icons and the Inter typeface, each under its own
        open licence; the licence texts come with the source.
      </p>
    </div>
  );
}
