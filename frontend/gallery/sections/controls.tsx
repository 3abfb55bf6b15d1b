import { useState } from "react";
import type { Job } from "@/lib/types";
import { FilterField } from "@/ui/filter-field/filter-field";
import { JobProgress } from "@/ui/job-progress/job-progress";
import { MenuButton } from "@/ui/menu-button/menu-button";
import { Tabbed } from "@/ui/tabbed/tabbed";
import { Case, Line, Section } from "../case";

const ignore = () => {};

function Tabs() {
  const [tab, setTab] = useState("sku");
  return (
    <Tabbed
      label="What the facts are about"
      tabs={[
        { value: "sku", title: "SKUs", count: 412 },
        { value: "campaign", title: "Werbekampagnen", count: 18 },
        { value: "account", title: "Account" },
      ]}
      value={tab}
      onChange={setTab}
      tools={<FilterField label="Filter this list" value="" onChange={ignore} />}
    >
      {tab}
    </Tabbed>
  );
}

const job: Job = {
  id: "1",
  kind: "import",
  state: "running",
  stage: "Reading orders.txt",
  done: 4200,
  total: 9800,
  rate_text: "1,200 rows/s",
  eta_text: "5 s left",
  message: "",
  files: [],
};

export function ControlSection() {
  return (
    <Section title="Controls">
      <Case title="Tabs" wide>
        <Tabs />
      </Case>
      <Case title="Long work, known and not">
        <JobProgress job={job} onCancel={ignore} />
        <JobProgress job={{ ...job, total: 0, stage: "" }} />
      </Case>
      <Case title="Menu button">
        <Line>
          <MenuButton
            label="More for this page"
            actions={[
              { id: "save", label: "Save this view…", keys: "mod+s", run: ignore },
              { id: "print", label: "Print", run: ignore },
            ]}
          />
        </Line>
      </Case>
    </Section>
  );
}
