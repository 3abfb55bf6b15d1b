/** Words for a SKU subject id: "US/SKU-104" is "SKU-104, US". */
export function skuAndPlace(subject: string): string {
  const cut = subject.indexOf("/");
  return cut < 0 ? subject : `${subject.slice(cut + 1)}, ${subject.slice(0, cut)}`;
}
