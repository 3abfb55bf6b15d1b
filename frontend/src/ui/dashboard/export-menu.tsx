import { Button, Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { memo } from "react";
import { Kbd } from "../kbd/kbd";
import type { PageExport } from "./use-export";

/** The page and its table as files, and on paper. */
export const ExportMenu = memo(function ExportMenu({ exporting }: { exporting: PageExport }) {
  const { run, busy, print } = exporting;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconDownload size={15} stroke={1.6} aria-hidden="true" />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => run("csv")} rightSection={<Kbd keys="mod+e" />}>
          Table as CSV
        </Menu.Item>
        <Menu.Item onClick={() => run("xlsx")}>Table as Excel file</Menu.Item>
        <Menu.Item onClick={() => run("pdf")}>Page as PDF</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={print} rightSection={<Kbd keys="mod+p" />}>
          Print
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
});
