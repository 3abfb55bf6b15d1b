import { useNavigate } from "@tanstack/react-router";
import { FirstUse } from "@/ui/state-card/state-card";
import type { FactColumn, ReportKind } from "../api/types";
import { sourcesOf } from "../logic/wording";

type Props = { title: string; columns: FactColumn[]; kinds: ReportKind[] };

/** A module without a subject: which file would give it some, and where to get that. */
export function NoFacts({ title, columns, kinds }: Props) {
  const navigate = useNavigate();
  const wanted = sourcesOf(columns);
  const missing = kinds.filter((k) => wanted.includes(k.kind) && k.state === "missing");
  return (
    <FirstUse
      title={`${title} has nothing to show yet`}
      action={{
        label: "Import files",
        run: () => void navigate({ to: "/data/import", search: { paths: [], job: "" } }),
      }}
    >
      {missing.length > 0 ? (
        missing.map((kind) => (
          <p key={kind.kind}>
            <strong>{kind.title}</strong> unlocks it. {kind.where}
          </p>
        ))
      ) : (
        <p>The reports it reads have been imported, but they name nothing of this kind.</p>
      )}
    </FirstUse>
  );
}
