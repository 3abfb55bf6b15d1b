import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useAnnounce } from "@/lib/announce";
import { toCallError } from "@/lib/call";
import { openLink } from "../../api/calls";

/** Opens a page of Amazon in the person's own browser. */
export function OpenLink({ url, children }: { url: string; children: string }) {
  const announce = useAnnounce();
  return (
    <Button
      variant="default"
      leftSection={<IconExternalLink size={15} stroke={1.6} aria-hidden="true" />}
      onClick={() => openLink(url).catch((reason: unknown) => announce(toCallError(reason).message))}
    >
      {children}
    </Button>
  );
}
