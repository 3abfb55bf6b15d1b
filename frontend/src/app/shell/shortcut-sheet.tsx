import { Modal } from "@mantine/core";
import { useCommandList } from "@/lib/command-context";
import { useDisplay } from "@/lib/display";
import { Kbd } from "@/ui/kbd/kbd";
import { sheetOf } from "./command-groups";
import classes from "./shell.module.css";

/** All keys that work now: those of the page first, then those of the window. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const commands = useCommandList();
  const { single_keys } = useDisplay();
  return (
    <Modal.Root opened={opened} onClose={onClose} size={760} transitionProps={{ duration: 0 }}>
      <Modal.Overlay backgroundOpacity={0.25} />
      <Modal.Content>
        <Modal.Body>
          <div className={classes.sheetHead}>
            <Modal.Title>Keyboard shortcuts</Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </div>
          {!single_keys && <p>Single letters are switched off in Settings. The other keys work.</p>}
          <div className={classes.sheet}>
            {sheetOf(commands).map(({ group, commands: members }) => (
              <section key={group}>
                <h3>{group}</h3>
                <dl>
                  {members.map((command) => (
                    <div key={command.id}>
                      <dt>{command.label}</dt>
                      <dd>
                        {command.keys?.map((keys) => (
                          <span key={keys}>
                            <Kbd keys={keys} />
                            <span className="visually-hidden">{keys}</span>
                          </span>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
