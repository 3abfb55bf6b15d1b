import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

/** Mantine wants ten shades; all that is seen is resolved to the tokens below. */
const accent: MantineColorsTuple = [
  "#e4f0f0",
  "#c9e2e2",
  "#9fcccd",
  "#6fb2b4",
  "#5cc4c2",
  "#2a858a",
  "#14727a",
  "#0e666e",
  "#0b5c63",
  "#094d53",
];

/** Mantine draws fields, menus and their borders in the dark scheme from these; they are the tokens of that scheme. */
const dark: MantineColorsTuple = [
  "#eceef1",
  "#b6bdc8",
  "#8f98a5",
  "#8f98a5",
  "#363d47",
  "#262b33",
  "#16191e",
  "#101215",
  "#0c0e11",
  "#08090b",
];

/** Tokens of the four meanings a button or badge may have. */
const toneOf: Record<string, string> = {
  accent: "accent",
  red: "critical",
  critical: "critical",
  yellow: "warning",
  orange: "warning",
  warning: "warning",
  green: "good",
  teal: "good",
  good: "good",
  blue: "info",
  info: "info",
};

/** Text on every filled, light and outlined surface reaches 4.5:1 in both schemes. */
const variantColors: VariantColorsResolver = (input) => {
  const tone = toneOf[input.color ?? "accent"];
  const base = defaultVariantColorsResolver(input);
  if (!tone) return base;
  const ink = `var(--${tone})`;
  const wash = `var(--${tone}-wash)`;
  switch (input.variant) {
    case "filled":
      return {
        background: ink,
        hover: tone === "accent" ? "var(--accent-hover)" : ink,
        color: tone === "accent" ? "var(--accent-ink)" : "var(--surface)",
        border: "1px solid transparent",
      };
    case "light":
      return { background: wash, hover: wash, color: ink, border: "1px solid transparent" };
    case "outline":
      return { background: "transparent", hover: wash, color: ink, border: `1px solid ${ink}` };
    case "subtle":
    case "transparent":
      return { background: "transparent", hover: wash, color: ink, border: "1px solid transparent" };
    default:
      return base;
  }
};

export const theme = createTheme({
  colors: { accent, dark },
  primaryColor: "accent",
  primaryShade: { light: 8, dark: 4 },
  variantColorResolver: variantColors,
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  fontSizes: { xs: "12.5px", sm: "12.5px", md: "13.5px", lg: "15px", xl: "17px" },
  lineHeights: { xs: "1.39", sm: "1.44", md: "1.48", lg: "1.45", xl: "1.35" },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "3px", sm: "5px", md: "6px", lg: "8px", xl: "12px" },
  defaultRadius: "md",
  headings: {
    fontWeight: "650",
    sizes: {
      h1: { fontSize: "17px", lineHeight: "1.35" },
      h2: { fontSize: "15px", lineHeight: "1.4" },
      h3: { fontSize: "13.5px", lineHeight: "1.45" },
    },
  },
  cursorType: "pointer",
  respectReducedMotion: true,
  shadows: { xs: "none", sm: "none", md: "0 4px 16px rgb(0 0 0 / 12%)" },
  components: {
    Button: {
      defaultProps: { size: "xs" },
      vars: () => ({ root: { "--button-padding-x": "9px" } }),
      styles: { label: { fontWeight: 560 } },
    },
    InputWrapper: { styles: { description: { fontSize: "var(--text-small)" } } },
    TextInput: { defaultProps: { size: "xs" } },
    NumberInput: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Checkbox: { defaultProps: { size: "xs" } },
    Switch: { defaultProps: { size: "xs" } },
    Tooltip: {
      defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: true }, multiline: true, maw: 320 },
    },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 0 } } },
    // The placeholder that would hold the focus first is no item, and a menu may only hold items.
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 0 }, withInitialFocusPlaceholder: false } },
  },
});

const shared = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-3)",
  "--mantine-color-placeholder": "var(--ink-3)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--critical)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--canvas)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-primary-color-filled": "var(--accent)",
  "--mantine-primary-color-filled-hover": "var(--accent-hover)",
  "--mantine-primary-color-contrast": "var(--accent-ink)",
  "--mantine-color-disabled": "var(--canvas)",
  "--mantine-color-disabled-color": "var(--ink-3)",
  "--mantine-color-disabled-border": "var(--line)",
};

/** Mantine's own variables follow the tokens, so both schemes come from one place. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
