import { Button, FileButton, Modal, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { call, toCallError } from "@/lib/call";
import type { rules } from "@/lib/contract";
import type { Problem } from "../../backtest/types";
import { placeOfProblem } from "../../backtest/wording";
import classes from "./list.module.css";
import { refreshPolicies } from "./use-policy-acts";

type Imported = rules.ImportOutput;

/** Takes in policies from a file or as pasted text; with a fault nothing is kept, and each fault is shown at its place. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const announce = useAnnounce();
  const client = useQueryClient();
  const sending = useMutation({
    mutationFn: (yaml: string) => call<Imported>("rules.API.Import", { yaml }, 60_000),
    onSuccess: ({ kept, problems }) => {
      if (problems.length > 0) return;
      refreshPolicies(client);
      announce(kept.length === 1 ? `${kept[0]?.title} imported` : `${kept.length} rules imported`);
      onClose();
    },
  });
  const read = (file: File | null) => {
    if (!file) return;
    file
      .text()
      .then((content) => {
        setText(content);
        sending.reset();
      })
      .catch(() => announce(`${file.name} could not be read`));
  };
  const problems = sending.data?.problems ?? [];
  const failed = sending.error ? toCallError(sending.error) : null;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title="Import rules"
      closeButtonProps={{ "aria-label": "Close" }}
      transitionProps={{ duration: 0 }}
    >
      <Textarea
        label="Rules as text"
        description="YAML, a document each. A rule of the same name gets a new version."
        placeholder={"name: my_rule\ntitle: …"}
        rows={12}
        value={text}
        data-autofocus
        onChange={(event) => {
          setText(event.currentTarget.value);
          sending.reset();
        }}
        error={failed ? `${failed.message} ${failed.hint}`.trim() : undefined}
        classNames={{ input: classes.yaml }}
      />
      {problems.length > 0 && <Problems problems={problems} />}
      <div className={classes.dialogFoot}>
        <Button disabled={text.trim() === ""} loading={sending.isPending} onClick={() => sending.mutate(text)}>
          Import
        </Button>
        <FileButton accept=".yaml,.yml,.txt,text/yaml" onChange={read} inputProps={{ "aria-label": "File of rules" }}>
          {(props) => (
            <Button variant="default" {...props}>
              Choose a file
            </Button>
          )}
        </FileButton>
      </div>
    </Modal>
  );
}

function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <div className={classes.problems} role="alert">
      <strong>Nothing was imported.</strong>
      <ul>
        {problems.map((one) => (
          <li key={`${placeOfProblem(one)} ${one.message}`}>
            {placeOfProblem(one) !== "" && <b>{placeOfProblem(one)}: </b>}
            {one.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
