import { useMutation } from "@tanstack/react-query";
import { toCallError } from "@/lib/call";
import { chooseFiles } from "@/lib/files";
import { mergePaths } from "../logic/import-plan";
import { useImportSearch } from "./use-import-search";

/** Lets the person choose files and adds them to those there. */
export function useAddFiles(paths: string[]) {
  const [, change] = useImportSearch();
  const choose = useMutation({
    mutationFn: chooseFiles,
    onSuccess: (chosen) => {
      if (chosen.length > 0) change({ paths: mergePaths(paths, chosen), job: "" });
    },
  });
  return {
    run: () => choose.mutate(),
    busy: choose.isPending,
    error: choose.isError ? toCallError(choose.error).message : "",
  };
}
