import { NumberInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { toCallError } from "@/lib/call";
import { setDefaultLeadTime } from "../api/mutations";
import { leadTimeError } from "../logic/costs";
import classes from "./settings.module.css";

/** The lead time of every SKU that has none of its own. */
export function DefaultLeadTime({ days }: { days: number }) {
  const client = useQueryClient();
  const [text, setText] = useState<string | number>(days);
  const id = useId();
  useEffect(() => setText(days), [days]);
  const save = useMutation({
    mutationFn: setDefaultLeadTime,
    onSettled: () => client.invalidateQueries({ queryKey: ["settings"] }),
  });
  const typed = String(text).trim();
  const error = typed === "" ? "Whole days from 1 to 365." : leadTimeError(typed);
  const commit = () => {
    if (error === "" && Number(typed) !== days) save.mutate(Number(typed));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
    if (event.key === "Escape") setText(days);
  };
  const failed = save.isError ? toCallError(save.error).message : "";
  return (
    <span className={classes.pair}>
      <label htmlFor={id}>Default lead time</label>
      <NumberInput
        id={id}
        value={text}
        onChange={setText}
        onBlur={commit}
        onKeyDown={onKeyDown}
        error={error || failed || undefined}
        suffix=" d"
        allowDecimal={false}
        hideControls
        w={72}
      />
    </span>
  );
}
