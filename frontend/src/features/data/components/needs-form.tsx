import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useAppState } from "@/lib/app-state";
import type { JobFile } from "@/lib/types";
import type { FileOptions } from "../api/types";
import { dateOrders, encodings, marketplaceChoices } from "../logic/choices";
import { periodError } from "../logic/import-plan";
import classes from "./import.module.css";

type Props = { file: JobFile; options: FileOptions; onChange: (part: Partial<FileOptions>) => void };

/** Asks for what the file does not say itself; the files are looked at again with each answer. */
export function NeedsForm({ file, options, onChange }: Props) {
  const asked = (need: "period" | "marketplace") => file.needs.includes(need);
  const given = options.period_from !== "";
  return (
    <div className={classes.needs}>
      {(asked("period") || given) && <Period file={file} options={options} onChange={onChange} />}
      {(asked("marketplace") || options.marketplace !== "") && (
        <Marketplace file={file} options={options} onChange={onChange} />
      )}
      {wantsEncoding(file, options) && (
        <Select
          label="Encoding"
          data={encodings()}
          value={options.encoding || file.encoding || null}
          onChange={(encoding) => encoding && onChange({ encoding })}
          allowDeselect={false}
          w={190}
        />
      )}
      {options.date_order !== "" && (
        <Select
          label="Dates read"
          data={dateOrders()}
          value={options.date_order}
          onChange={(date_order) => date_order && onChange({ date_order })}
          allowDeselect={false}
          w={190}
        />
      )}
    </div>
  );
}

/** The encoding is asked only where it may be in doubt, or was changed. */
function wantsEncoding(file: JobFile, options: FileOptions): boolean {
  const plain = file.encoding === "" || file.encoding.toLowerCase() === "utf-8";
  return options.encoding !== "" || file.problems.some((p) => p.code === "wrong_encoding") || !plain;
}

function Period({ file, options, onChange }: Props) {
  const [from, setFrom] = useState(options.period_from || file.first_day);
  const [to, setTo] = useState(options.period_to || file.last_day);
  const [tried, setTried] = useState(false);
  const error = periodError(from, to);
  const same = from === options.period_from && to === options.period_to;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (error === "") onChange({ period_from: from, period_to: to });
  };
  return (
    <form className={classes.period} onSubmit={submit} noValidate>
      <TextInput
        type="date"
        label="First day"
        value={from}
        onChange={(e) => setFrom(e.currentTarget.value)}
        error={tried && error !== ""}
      />
      <TextInput
        type="date"
        label="Last day"
        value={to}
        onChange={(e) => setTo(e.currentTarget.value)}
        error={tried && error !== ""}
      />
      <Button type="submit" variant="default" disabled={same && error === ""}>
        Use this period
      </Button>
      {tried && error !== "" && (
        <span role="alert" className={classes.error}>
          {error}
        </span>
      )}
    </form>
  );
}

function Marketplace({ options, onChange }: Props) {
  const { data: state } = useAppState();
  return (
    <Select
      label="Marketplace"
      placeholder="Choose"
      data={marketplaceChoices(state?.marketplaces ?? [])}
      value={options.marketplace || null}
      onChange={(marketplace) => marketplace && onChange({ marketplace })}
      searchable
      w={190}
    />
  );
}
