import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { openLink, type Receipt } from "../../api/kept";
import classes from "./kept.module.css";

/** Authorisations stand at Amazon until they are withdrawn there, which Purser cannot do. */
export function AtAmazon({ all }: { all: Receipt["amazon"] }) {
  const announce = useAnnounce();
  if (all.length === 0) return null;
  return (
    <div className={classes.outside}>
      <h3>What stands at Amazon until you withdraw it there</h3>
      <ul>
        {all.map((one) => (
          <li key={`${one.api} ${one.region}`}>
            <strong>{one.title}</strong> {one.text}
            {one.link !== "" && (
              <Button
                variant="subtle"
                size="compact-sm"
                rightSection={<IconExternalLink size={13} stroke={1.6} aria-hidden="true" />}
                onClick={() => openLink(one.link).catch((reason: unknown) => announce(toCallError(reason).message))}
              >
                Open it<span className="visually-hidden">: {one.title}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Files and other things that are not erased, with why. */
export function Outside({ title, all }: { title: string; all: Receipt["outside"] }) {
  if (all.length === 0) return null;
  return (
    <div className={classes.outside}>
      <h3>{title}</h3>
      <ul>
        {all.map((one) => (
          <li key={`${one.path} ${one.text}`}>
            {one.path !== "" && <code>{one.path}</code>} {one.text}
          </li>
        ))}
      </ul>
    </div>
  );
}
