import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useAnnounce } from "@/lib/announce";
import { onFilesDropped } from "@/lib/files";
import classes from "./shell.module.css";

/** The whole window takes report files; they open in the import preview. */
export function DropZone() {
  const navigate = useNavigate();
  const announce = useAnnounce();
  const [over, setOver] = useState(false);
  useEffect(
    () =>
      onFilesDropped(document.documentElement, {
        paths: (paths) => {
          setOver(false);
          if (paths.length > 0) void navigate({ to: "/data/import", search: { paths } });
        },
        over: setOver,
        failed: (reason) => announce(reason.message),
      }),
    [navigate, announce],
  );
  if (!over) return null;
  return (
    <div className={classes.drop}>
      <span>
        Drop the report files here
        <small>You see what they are before anything is stored.</small>
      </span>
    </div>
  );
}
