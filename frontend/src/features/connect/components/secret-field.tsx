import { TextInput, type TextInputProps } from "@mantine/core";

type Props = Omit<TextInputProps, "type" | "value" | "defaultValue" | "onChange" | "autoComplete" | "spellCheck">;

/** A field whose text is shown nowhere: not on screen, not in the page's own text, not in what React keeps. */
export function SecretField(props: Props) {
  return (
    <TextInput
      {...props}
      type="password"
      defaultValue=""
      autoComplete="off"
      spellCheck={false}
      data-1p-ignore=""
      data-lpignore="true"
    />
  );
}

/** Takes the text out of a field, which is empty afterwards. */
export function takeText(input: HTMLInputElement | null): string {
  if (!input) return "";
  const text = input.value;
  input.value = "";
  return text;
}
