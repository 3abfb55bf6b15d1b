import { Page as Frame } from "@/ui/page/page";

export function Page() {
  return <Frame title="Page">{null}</Frame>;
}
