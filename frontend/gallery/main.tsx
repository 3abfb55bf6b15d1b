import "@fontsource-variable/inter";
import "@mantine/core/styles.layer.css";
import "@/ui/theme/tokens.css";
import { createRoot } from "react-dom/client";
import { Gallery } from "./gallery";

const root = document.getElementById("root");
if (root) createRoot(root).render(<Gallery />);
