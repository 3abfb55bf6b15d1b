import { NumberInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FocusEvent, type KeyboardEvent, type ReactNode, useId } from "react";
import { toCallError } from "@/lib/call";
import { Day } from "@/ui/day/day";
import { ErrorState } from "@/ui/state-card/error-state";
import { LoadingRows } from "@/ui/state-card/loading-rows";
import { setNotifications } from "../api/mutations";
import { notificationsQuery } from "../api/queries";
import type { NotificationSettings, Notifications } from "../api/types";
import classes from "./settings.module.css";

/** When the seller may be disturbed: what is critical at once, the rest once in the morning, and never too often. */
export function NotificationsSection() {
  const { data, error, refetch } = useQuery(notificationsQuery);
  if (error && !data) {
    return <ErrorState effect="The notifications could not be read." error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return <LoadingRows rows={5} label="Reading the notifications" />;
  return <Form told={data} />;
}

function Form({ told }: { told: Notifications }) {
  const client = useQueryClient();
  const { settings, defaults, week, messages } = told;
  const { mutate, error } = useMutation({
    mutationFn: (part: Partial<NotificationSettings>) => setNotifications({ ...settings, ...part }),
    onSuccess: (saved) => client.setQueryData(notificationsQuery.queryKey, saved),
  });
  const set = (part: Partial<NotificationSettings>) => mutate(part);
  return (
    <div className={classes.form}>
      <Time label="Morning brief" value={settings.brief} onChange={(brief) => set({ brief })}>
        Everything that is not critical, in one message, once a day. Empty: never; usual is {defaults.brief}.
      </Time>
      <Time label="Quiet from" value={settings.quiet_from} onChange={(quiet_from) => set({ quiet_from })}>
        From then on only what is critical is told.
      </Time>
      <Time label="Quiet until" value={settings.quiet_to} onChange={(quiet_to) => set({ quiet_to })}>
        The same as the beginning: never quiet.
      </Time>
      <div className={classes.setting}>
        <NumberInput
          label="Messages a day at most"
          min={1}
          max={50}
          allowDecimal={false}
          key={settings.budget}
          defaultValue={settings.budget}
          w={120}
          onBlur={(event) => {
            const budget = Number(event.currentTarget.value);
            if (budget !== settings.budget) set({ budget });
          }}
        />
        <p className={classes.small}>What is critical beyond that is told together, every few hours.</p>
      </div>
      <Time label="Paused until" type="date" value={settings.paused} onChange={(paused) => set({ paused })}>
        Until the end of that day only what is critical is told.
      </Time>
      {error && (
        <p role="alert" className={classes.problem}>
          Not saved. {toCallError(error).message} {toCallError(error).hint}
        </p>
      )}
      <p className={classes.meaning}>{weekText(week)}</p>
      <Sent messages={messages} />
    </div>
  );
}

type TimeProps = {
  label: string;
  type?: "time" | "date";
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
};

/** A time or a day, saved when the field is left or Enter is pressed. */
function Time({ label, type = "time", value, onChange, children }: TimeProps) {
  const hint = useId();
  const commit = (event: FocusEvent<HTMLInputElement> | KeyboardEvent<HTMLInputElement>) => {
    if (event.currentTarget.value !== value) onChange(event.currentTarget.value);
  };
  return (
    <div className={classes.setting}>
      <TextInput
        label={label}
        type={type}
        key={value}
        defaultValue={value}
        w={160}
        aria-describedby={hint}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit(event)}
      />
      <p id={hint} className={classes.small}>
        {children}
      </p>
    </div>
  );
}

function Sent({ messages }: Pick<Notifications, "messages">) {
  if (messages.length === 0) return <p className={classes.small}>Nothing was sent in the last seven days.</p>;
  return (
    <section aria-label="Sent in the last seven days">
      <h2 className={classes.small}>Sent in the last seven days</h2>
      <ul className={classes.sent}>
        {messages.map((message) => (
          <li key={`${message.at} ${message.title}`}>
            <Day value={message.at} />
            <span>
              {message.title}
              {message.body !== "" && <small>{message.body}</small>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function weekText(count: number): string {
  if (count === 0) return "With these settings nothing would have been sent in the last seven days.";
  return `With these settings there would have been ${count} ${count === 1 ? "message" : "messages"} in the last seven days.`;
}
