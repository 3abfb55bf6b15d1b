import {
  connection,
  FakeAccounts,
  lockedVault,
  openVault,
  problem,
  works,
} from "../src/features/connect/testdata/accounts";

/**
 * Connections of the made-up seller: ?connected shows some, ?locked a vault that is to be opened by the passphrase
 * "correct horse battery"; a refresh token that has "wrong" in it is refused.
 */
export function mockAccounts(flags: URLSearchParams): FakeAccounts {
  const fake = new FakeAccounts();
  fake.passphrase = "correct horse battery";
  fake.amazon = ({ refresh_token }) =>
    refresh_token?.includes("wrong")
      ? works({ works: false, problem: problem(), places: [], capabilities: [] })
      : works();
  if (flags.has("locked")) fake.vault = lockedVault;
  if (!flags.has("connected")) return fake;
  if (!flags.has("locked")) fake.vault = openVault;
  fake.connections = [
    connection(),
    connection({
      region: "na",
      region_title: "North America",
      state: "reconnect",
      problem: problem({ at: "2026-11-24T06:10:00Z" }),
      endpoint: { base: "http://127.0.0.1:8765/spapi/na", token: "http://127.0.0.1:8765/auth/o2/token" },
    }),
    connection({
      api: "adsapi",
      title: "Amazon Ads API",
      state: "paused",
      paused: true,
      rotation: {
        ...connection().rotation,
        applies: false,
        due: false,
        days_left: null,
        created: "",
        text: "No end of this secret is known.",
      },
    }),
  ];
  return fake;
}
