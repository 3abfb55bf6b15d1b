import "@fontsource-variable/inter";
import "@mantine/core/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import "@/ui/theme/tokens.css";
import { createRoot } from "react-dom/client";
import { App } from "./app";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
