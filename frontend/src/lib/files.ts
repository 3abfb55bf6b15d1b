import { CallError, call } from "./call";

/**
 * Files that were dropped or chosen. Whoever receives paths opens the import preview:
 * navigate({ to: "/data/import", search: { paths } }).
 */
export type PathsListener = (paths: string[]) => void;

/** Listens to files dropped anywhere in the window: paths in the desktop window, uploads in a browser. */
export function onFilesDropped(
  target: HTMLElement,
  listen: { paths: PathsListener; over: (over: boolean) => void; failed: (reason: CallError) => void },
): () => void {
  const drop = window.runtime?.OnFileDrop;
  if (drop) drop((_x, _y, paths) => listen.paths(paths), false);

  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const onOver = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    listen.over(true);
  };
  const onLeave = (event: DragEvent) => {
    if (event.relatedTarget === null) listen.over(false);
  };
  const onDrop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    listen.over(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (drop || files.length === 0) return;
    upload(files).then(listen.paths, listen.failed);
  };
  target.addEventListener("dragover", onOver);
  target.addEventListener("dragleave", onLeave);
  target.addEventListener("drop", onDrop);
  return () => {
    target.removeEventListener("dragover", onOver);
    target.removeEventListener("dragleave", onLeave);
    target.removeEventListener("drop", onDrop);
    window.runtime?.OnFileDropOff?.();
  };
}

/** Lets the seller choose report files; an empty list when they changed their mind. */
export async function chooseFiles(): Promise<string[]> {
  const { paths, unsupported } = await call<{ paths: string[]; unsupported: boolean }>(
    "app.API.ChooseFiles",
    undefined,
    10 * 60_000,
  );
  return unsupported ? upload(await pickInBrowser()) : paths;
}

function pickInBrowser(): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.hidden = true;
    input.setAttribute("aria-label", "Report files");
    const done = (files: File[]) => {
      input.remove();
      resolve(files);
    };
    input.addEventListener("change", () => done([...(input.files ?? [])]));
    input.addEventListener("cancel", () => done([]));
    document.body.append(input);
    input.click();
  });
}

/** Hands files of a browser to the loopback host, one by one, and returns where it put them. */
export async function upload(files: readonly File[]): Promise<string[]> {
  const paths: string[] = [];
  for (const file of files) {
    const answer = await fetch(`/__upload?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file }).catch(
      () => null,
    );
    if (!answer?.ok) throw await refusal(answer, file.name);
    const { path } = (await answer.json()) as { path: string };
    paths.push(path);
  }
  return paths;
}

/** Why an upload was refused, in the host's own words where it gave any. */
async function refusal(answer: Response | null, name: string): Promise<CallError> {
  const body = (await answer?.json().catch(() => null)) as {
    error?: { code: string; message: string; hint: string };
  } | null;
  return new CallError(
    body?.error ?? {
      code: "upload",
      message: `${name} could not be handed to Purser.`,
      hint: "Check that the file can be read and try again.",
    },
  );
}
