import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { stopStatusQuery } from "./stop-status";
import { lookText } from "./words";

/** The way to actions of which nobody knows whether they were done, or which ended otherwise than approved. */
export function ToLookAt({ className }: { className?: string }) {
  const { data } = useQuery(stopStatusQuery);
  const text = data ? lookText(data) : "";
  if (text === "") return null;
  return (
    <Link to="/journal" search={{ state: "look" }} className={className}>
      <span aria-hidden="true">▲ </span>
      Actions: {text}
    </Link>
  );
}
