/** Which two of so many words are asked for, lowest first; random is 0 to below 1, twice. */
export function pickTwo(count: number, random: () => number = Math.random): [number, number] {
  const first = Math.floor(random() * count);
  const rest = Math.floor(random() * (count - 1));
  const second = rest < first ? rest : rest + 1;
  return first < second ? [first, second] : [second, first];
}

export function sameWord(typed: string, word: string | undefined): boolean {
  return typed.trim().toLowerCase() === word?.toLowerCase();
}

/** The shortest passphrase that the vault takes, in characters. */
export const shortest = 12;

/** Why a new passphrase is not taken; "" where it is. */
export function passphraseFault(passphrase: string, again: string): string {
  const length = [...passphrase].length;
  if (length < shortest) return `It has ${length} characters; at least ${shortest} are needed.`;
  return passphrase === again ? "" : "The two are not the same.";
}
