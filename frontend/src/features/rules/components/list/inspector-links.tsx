import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { Kbd } from "@/ui/kbd/kbd";
import classes from "../rules.module.css";
import type { Listed } from "./listed";

/** The ways on from a policy, each with its key. */
export function Links({ policy, onSwitch }: { policy: Listed; onSwitch: (policy: Listed) => void }) {
  const navigate = useNavigate();
  const go = (to: string, search: Record<string, unknown>) => () => void navigate({ to, search });
  return (
    <div className={classes.links}>
      <Button onClick={go("/rules/edit", { policy: policy.name })} rightSection={<Kbd keys="e" />}>
        Edit
      </Button>
      <Button variant="default" onClick={go("/rules/edit", { copy: policy.name })}>
        Duplicate
      </Button>
      <Button
        variant="default"
        onClick={go("/rules/backtest", { policy: policy.name })}
        rightSection={<Kbd keys="b" />}
      >
        Backtest
      </Button>
      <Button variant="default" onClick={go("/rules/trace", { policy: policy.name })} rightSection={<Kbd keys="w" />}>
        Trace
      </Button>
      <Button variant="default" onClick={() => onSwitch(policy)} rightSection={<Kbd keys="space" />}>
        {policy.off ? "Switch on" : "Switch off"}
      </Button>
    </div>
  );
}
