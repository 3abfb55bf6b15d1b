import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useAnnounce } from "@/lib/announce";
import { useAppState } from "@/lib/app-state";
import { call, toCallError } from "@/lib/call";
import { copyText } from "@/lib/copy-text";
import { openExports, saveText } from "@/lib/dashboards/files";
import { fetchFile } from "@/ui/dashboard/chart-files";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import classes from "./list.module.css";
import type { Listed } from "./listed";

type Text = { yaml: string; name: string };

type Props = { policies: readonly Listed[]; onClose: () => void };

/** Policies as text, to be kept in a file or handed on: a document each. */
export function ExportDialog({ policies, onClose }: Props) {
  const names = policies.map((policy) => policy.name);
  const query = useQuery({
    queryKey: ["rules", "text", names],
    queryFn: () => textOf(names),
  });
  const announce = useAnnounce();
  const web = useAppState().data?.door === "web";
  const text = query.data;
  const copy = () => announce(text && copyText(text.yaml) ? "The rules are copied" : "The rules could not be copied");
  const save = () => {
    if (!text) return;
    if (!web) {
      saveText(text.name, text.yaml)
        .then(({ name }) => {
          announce(`${name} saved`);
          return openExports();
        })
        .catch((reason: unknown) => announce(toCallError(reason).message));
      return;
    }
    const url = URL.createObjectURL(new Blob([text.yaml], { type: "text/yaml;charset=utf-8" }));
    fetchFile(url, text.name);
    URL.revokeObjectURL(url);
    announce(`${text.name} saved`);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={names.length === 1 ? "Export 1 rule" : `Export ${names.length} rules`}
      closeButtonProps={{ "aria-label": "Close" }}
      transitionProps={{ duration: 0 }}
    >
      {query.isPending && <LoadingRows rows={6} label="Writing the rules" />}
      {query.isError && (
        <ErrorState effect="The rules could not be written." error={query.error} onRetry={() => void query.refetch()} />
      )}
      {text && (
        <>
          <textarea className={classes.yaml} aria-label="The rules as text" readOnly rows={18} value={text.yaml} />
          <div className={classes.dialogFoot}>
            <Button onClick={copy} data-autofocus>
              Copy
            </Button>
            <Button variant="default" onClick={save}>
              Save as {text.name}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}

/** Several texts become one, in the order of the list. */
async function textOf(names: readonly string[]): Promise<Text> {
  const parts: Text[] = [];
  for (const policy of names) parts.push(await call<Text>("rules.API.Text", { policy }));
  const [first] = parts;
  if (first && parts.length === 1) return first;
  const yaml = parts.map((part) => part.yaml.replace(/^---\n/, "").trimEnd()).join("\n---\n");
  return { yaml: `${yaml}\n`, name: "purser-rules.yaml" };
}
