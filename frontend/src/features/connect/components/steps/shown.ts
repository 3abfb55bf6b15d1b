/** What is no secret and therefore stays in the form. */
export type Shown = { api: string; region: string; created: string; seller: string; address: string };
