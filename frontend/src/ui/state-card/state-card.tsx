import { Button } from "@mantine/core";
import { IconCircleCheck, IconFilterOff, IconLock, IconPlugConnectedX, type TablerIcon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./state-card.module.css";

type Action = { label: string; run: () => void };

type CardProps = {
  tone?: "neutral" | "good" | "critical" | "warning";
  icon?: TablerIcon;
  title: string;
  children?: ReactNode;
  action?: Action;
  second?: Action;
  role?: "alert" | "status";
};

/** The common frame of every state of a page or card: what is so, why, and one thing to do. */
export function StateCard({ tone = "neutral", icon: Icon, title, children, action, second, role }: CardProps) {
  return (
    <div className={classes.card} data-tone={tone} role={role}>
      {Icon && <Icon size={18} stroke={1.6} className={classes.icon} aria-hidden="true" />}
      <div className={classes.body}>
        <p className={classes.title}>{title}</p>
        {children && <div className={classes.text}>{children}</div>}
        {(action || second) && (
          <div className={classes.actions}>
            {action && <Button onClick={action.run}>{action.label}</Button>}
            {second && (
              <Button variant="default" onClick={second.run}>
                {second.label}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

type StateProps = Pick<CardProps, "title" | "children" | "action" | "second">;

/** Nothing was ever here: what the page answers and one way to begin. */
export function FirstUse(props: StateProps) {
  return <StateCard {...props} />;
}

/** Empty, and that is good news: say what was checked and when. */
export function EmptyGood(props: StateProps) {
  return <StateCard tone="good" icon={IconCircleCheck} {...props} />;
}

/** Filters hide everything. */
export function NoMatch({ filters, onClear }: { filters: string; onClear: () => void }) {
  return (
    <StateCard icon={IconFilterOff} title="Nothing matches" action={{ label: "Clear filters", run: onClear }}>
      {filters}
    </StateCard>
  );
}

/** A right or a report is missing: which one, how to add it, what works without. */
export function NoPermission(props: StateProps) {
  return <StateCard tone="warning" icon={IconLock} {...props} />;
}

/** One module stopped; the rest of Purser goes on. */
export function ModuleFailed({ name, reason, onRetry }: { name: string; reason: string; onRetry?: () => void }) {
  return (
    <StateCard
      tone="critical"
      icon={IconPlugConnectedX}
      role="alert"
      title={`${name} has stopped`}
      action={onRetry && { label: "Start it again", run: onRetry }}
    >
      <p>{reason}</p>
      <p>Everything else goes on. Rules that read its facts say that they cannot tell.</p>
    </StateCard>
  );
}

/** What arrived, what is missing, and what that does to the totals. */
export function PartialNotice({ children }: { children: ReactNode }) {
  return (
    <div className={classes.notice} data-tone="warning" role="status">
      <span aria-hidden="true">◐ </span>
      {children}
    </div>
  );
}

/** Old data is shown; how old, and what does not run because of it. */
export function StaleNotice({ children }: { children: ReactNode }) {
  return (
    <div className={classes.notice} data-tone="warning" role="status">
      <span aria-hidden="true">○ </span>
      {children}
    </div>
  );
}

/** The network is away; nothing on this computer is. */
export function OfflineNotice({ children }: { children: ReactNode }) {
  return (
    <div className={classes.notice} role="status">
      <span aria-hidden="true">⊘ </span>
      {children}
    </div>
  );
}
