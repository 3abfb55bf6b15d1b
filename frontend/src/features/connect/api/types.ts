import type { accounts, jobs, Narrow } from "@/lib/contract";

export type VaultMode = "keychain" | "passphrase";

export type Vault = Narrow<
  accounts.VaultOutput,
  { state: "none" | "locked" | "unlocked" | "lost" | "damaged"; mode: VaultMode | "" }
>;

export type Recovery = Narrow<accounts.RecoveryOutput, { vault: Vault }>;

/** What went wrong, with what to do, Amazon's own words and its name of the request. */
export type Problem = accounts.ProblemOutput;

export type Place = accounts.PlaceOutput;

export type Capability = Narrow<accounts.CapabilityOutput, { state: "granted" | "denied" | "unknown" }>;

export type Rotation = Narrow<accounts.RotationOutput>;

export type Connection = Narrow<
  accounts.ConnectionOutput,
  {
    state: "connected" | "reconnect" | "paused";
    problem: Problem | null;
    capabilities: Capability[];
    rotation: Rotation;
  }
>;

export type Overview = Narrow<accounts.OverviewOutput, { vault: Vault; connections: Connection[] }>;

export type Tried = Narrow<accounts.TryOutput, { problem: Problem | null; capabilities: Capability[] }>;

/** A seller whose adverts a login is for. */
export type Seller = accounts.SellerOutput;

export type Checklist = accounts.ChecklistOutput;
export type ChecklistItem = accounts.ChecklistItemOutput;

/** What is entered to connect; secrets are in it, so it is never kept among what queries keep. */
export type Draft = accounts.DraftInput;

/** Names a connection. */
export type Which = accounts.ConnectionInput;

export type Progress = jobs.ProgressOutput;
export type Stream = Narrow<jobs.StreamOutput>;
