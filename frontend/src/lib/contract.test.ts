import { describe, expectTypeOf, it } from "vitest";
import { call } from "./call";
import type { Call, decisions, Narrow } from "./contract";

type Money = { minor: number; currency: string; text: string };

describe("Call", () => {
  it("refuses what Go does not have", () => {
    // The type checker reads this, nobody runs it: the line below each remark must be refused.
    const refused = () => {
      // @ts-expect-error: no such method
      void call("decisions.API.Imbox", { tab: "needs", marketplace: "" });
      // @ts-expect-error: no such package
      void call("decision.API.Inbox", { tab: "needs", marketplace: "" });
      // @ts-expect-error: a name put together while running
      void call(`decisions.API.${String(Date.now())}`, { tab: "needs", marketplace: "" });
      // @ts-expect-error: no input
      void call("decisions.API.Inbox");
      // @ts-expect-error: a field of the input is left out
      void call("decisions.API.Inbox", { tab: "needs" });
      // @ts-expect-error: a field that the input does not have
      void call("decisions.API.Inbox", { tab: "needs", marketplace: "", page: 1 });
      // @ts-expect-error: a field of the input has another type
      void call("rules.API.SetThreshold", { policy: "default", name: "decline", value: 1 });
      // @ts-expect-error: an input where none is taken
      void call("decisions.API.Undo", { id: "" });
      // @ts-expect-error: a field that is not answered
      void call<{ tilte: string }>("decisions.API.Undo");
      // @ts-expect-error: a field that is answered with another type
      void call<{ title: number }>("decisions.API.Undo");
      // @ts-expect-error: a field that is not answered, made optional
      void call<{ title: string; subtitle?: string }>("decisions.API.Undo");
      // @ts-expect-error: a field deep inside that is not answered
      void call<{ items: { members: { nmae: string }[] }[] }>("decisions.API.Undo");
      // @ts-expect-error: an amount that may be null
      void call<{ lines: { total: Money }[] }>("decisions.API.RestockLines");
      // @ts-expect-error: null taken for undefined
      void call<{ lines: { total?: Money }[] }>("decisions.API.RestockLines");
      // @ts-expect-error: only fields of the struct can be narrowed
      return {} as Narrow<decisions.StepOutput, { txet: "a" }>;
    };
    expectTypeOf(refused).toBeFunction();
  });

  it("takes the name, all of the input and a time limit", () => {
    expectTypeOf<Call<{ sound: boolean }>>().toEqualTypeOf<
      [method: "decisions.API.Verify", input?: undefined, timeoutMs?: number]
    >();
    expectTypeOf<Call<{ steps: { text: string }[] }>>().toEqualTypeOf<
      [method: "decisions.API.CheckTask", input: decisions.CheckTaskInput, timeoutMs?: number]
    >();
  });

  it("takes words for a string and null for a pointer that is nil", () => {
    expectTypeOf<
      Call<{ lines: { state: "draft" | "sent"; total: Money | null }[]; without_cost: number }>
    >().toEqualTypeOf<[method: "decisions.API.RestockLines", input?: undefined, timeoutMs?: number]>();
  });
});

describe("Narrow", () => {
  it("keeps every other field, with null for a pointer", () => {
    type Line = Narrow<Pick<decisions.LineOutput, "sku" | "state" | "total">, { state: "draft" }>;
    expectTypeOf<Line>().toExtend<{ sku: string; state: "draft"; total: Money | null }>();
    expectTypeOf<{ sku: string; state: "draft"; total: null }>().toExtend<Line>();
    expectTypeOf<keyof Line>().toEqualTypeOf<"sku" | "state" | "total">();
  });
});
