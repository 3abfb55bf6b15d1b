/**
 * What Go's bound methods take and give, turned into what a call may say. Types only: the modules that
 * `make generate` writes are read by the type checker and nothing of them is bundled.
 */
import type * as Accounts from "../../wailsjs/go/accounts/API";
import type * as Actions from "../../wailsjs/go/actions/API";
import type * as App from "../../wailsjs/go/app/API";
import type * as Audits from "../../wailsjs/go/audits/API";
import type * as Catalog from "../../wailsjs/go/catalog/API";
import type * as Dashboards from "../../wailsjs/go/dashboards/API";
import type * as Decisions from "../../wailsjs/go/decisions/API";
import type * as Ingest from "../../wailsjs/go/ingest/API";
import type * as Jobs from "../../wailsjs/go/jobs/API";
import type * as ModuleHost from "../../wailsjs/go/modulehost/API";
import type * as Notifications from "../../wailsjs/go/notifications/API";
import type * as Retention from "../../wailsjs/go/retention/API";
import type * as Rules from "../../wailsjs/go/rules/API";

export type {
  accounts,
  action,
  actions,
  app,
  audits,
  catalog,
  dashboards,
  decisions,
  ingest,
  jobs,
  modulehost,
  notifications,
  page,
  retention,
  rules,
  source,
} from "../../wailsjs/go/models";

type Named<Package extends string, Api> = { [Name in keyof Api & string as `${Package}.API.${Name}`]: Api[Name] };

type Methods = Named<"accounts", typeof Accounts> &
  Named<"actions", typeof Actions> &
  Named<"app", typeof App> &
  Named<"audits", typeof Audits> &
  Named<"catalog", typeof Catalog> &
  Named<"dashboards", typeof Dashboards> &
  Named<"decisions", typeof Decisions> &
  Named<"ingest", typeof Ingest> &
  Named<"jobs", typeof Jobs> &
  Named<"modulehost", typeof ModuleHost> &
  Named<"notifications", typeof Notifications> &
  Named<"retention", typeof Retention> &
  Named<"rules", typeof Rules>;

/** Full name of a bound method: "decisions.API.Inbox". */
export type Method = keyof Methods;

type Sent<M extends Method> = Methods[M] extends (input: infer Input) => unknown
  ? unknown extends Input
    ? undefined
    : Given<Input>
  : never;

/** A pointer may be given as null, which is what it arrives as. */
type Given<T> = T extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : T extends object
    ? {
        [Field in keyof T]: undefined extends T[Field]
          ? Given<NonNullable<T[Field]>> | null | undefined
          : Given<T[Field]>;
      }
    : T;

type Answered<M extends Method> = Methods[M] extends (...input: never[]) => Promise<infer Output> ? Output : never;

/**
 * A type as wide as Go's: a union of words is a string. A pointer, which is optional in Go's, arrives as
 * null; that is Absent on Go's side, while a page that only reckons with undefined has not understood it.
 */
type Wide<T, Absent> = T extends string
  ? string
  : T extends number
    ? number
    : T extends boolean
      ? boolean
      : T extends null
        ? null
        : T extends undefined
          ? Absent
          : T extends readonly (infer Item)[]
            ? Wide<Item, Absent>[]
            : { [Field in keyof T]-?: Wide<T[Field], Absent> };

/**
 * The arguments of a call that is to give Answer: the name of a method that answers with every field
 * of Answer, and nulls only where Answer has them; all of that method's input; and the time limit.
 */
export type Call<Answer, M extends Method = Method> = M extends Method
  ? Wide<Answered<M>, null> extends Wide<Answer, undefined>
    ? Sent<M> extends undefined
      ? [method: M, input?: undefined, timeoutMs?: number]
      : [method: M, input: Sent<M>, timeoutMs?: number]
    : never
  : never;

/**
 * A struct of Go as it arrives, with some fields said more exactly than Go's types can: a string is
 * one of some words, a struct is narrowed itself. A pointer that is nil arrives as null.
 */
export type Narrow<T, Fields extends { [Field in keyof Fields]: Field extends keyof T ? unknown : never } = object> = {
  [Field in keyof T as Exclude<Field, keyof Fields>]-?: undefined extends T[Field]
    ? Exclude<T[Field], undefined> | null
    : T[Field];
} & Fields;
