import { useQuery } from "@tanstack/react-query";
import { jobQuery } from "@/lib/jobs";
import { ChooseFiles } from "../components/choose-files";
import { ImportPreview } from "../components/import-preview";
import { ImportRun } from "../components/import-run";
import { useImportSearch } from "../components/use-import-search";

/** From files to data: choose, look at what they are, take them in, see what came of it. */
export function ImportPage() {
  const [search] = useImportSearch();
  const job = useQuery(jobQuery(search.job));
  // A job of an earlier start of the program is gone; its files can be looked at again.
  if (search.job !== "" && !job.isError) return <ImportRun id={search.job} />;
  if (search.paths.length === 0) return <ChooseFiles />;
  return <ImportPreview key={search.paths.join("\n")} paths={search.paths} />;
}
