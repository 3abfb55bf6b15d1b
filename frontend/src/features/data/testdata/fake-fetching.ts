import type { Ask, Progress, Quota, Stream, StreamName } from "../api/types";
import { streamKey } from "../logic/streams";

type Account = { streams: Stream[]; asks: Ask[]; quota: Quota[]; progress?: Partial<Progress> };

/** jobs.API over an account that is kept in memory: what is paused, fetched or cancelled shows in the next answer. */
export class FakeFetching {
  /** What was asked to be fetched, in order. */
  fetched: string[] = [];
  paused = false;
  private own = new Set<string>();

  constructor(
    private account: Account,
    private changed: () => void = () => {},
  ) {}

  methods() {
    return {
      Streams: () => ({ streams: this.account.streams.map((s) => this.shown(s)) }),
      Asks: ({ done }: { done: number }) => ({ asks: this.asks(done) }),
      Progress: () => this.progress(),
      Quota: () => ({ days: this.account.quota }),
      RunNow: (name: StreamName) => this.run(name),
      Pause: (name: StreamName) => this.pause(name, true),
      Resume: (name: StreamName) => this.pause(name, false),
      Cancel: ({ id }: { id: number }) => this.cancel(id),
    };
  }

  private shown(stream: Stream): Stream {
    if (!this.paused && !this.own.has(streamKey(stream))) return stream;
    return { ...stream, state: "paused", text: "Paused: nothing is fetched until you resume it." };
  }

  private asks(done: number): Ask[] {
    const { asks } = this.account;
    return [...asks.filter((a) => a.status !== "done"), ...asks.filter((a) => a.status === "done").slice(0, done)];
  }

  private progress(): Progress {
    const { streams, progress } = this.account;
    const whole = streams.filter((s) => s.filled === 100).length;
    const percent = streams.length === 0 ? 0 : Math.floor(streams.reduce((n, s) => n + s.filled, 0) / streams.length);
    const ready = streams.filter((s) => s.filled > 0).length;
    const text =
      streams.length === 0
        ? "Nothing is connected yet."
        : this.paused
          ? "Paused: nothing is fetched until you resume."
          : whole === streams.length
            ? "Everything is here and kept up to date."
            : `${ready} of ${streams.length} kinds of data are here, ${percent} % of the past; about 5 h left.`;
    const windows = { done: percent * 4, total: 400, left: percent === 100 ? "" : "about 5 h" };
    return { streams: streams.length, ready, whole, ...windows, percent, text, paused: this.paused, ...progress };
  }

  private run(name: StreamName) {
    this.fetched.push(streamKey(name));
    this.changed();
    return {
      text: name.feed === "" ? `${this.account.streams.length} of them are fetched now.` : "It is fetched now.",
    };
  }

  private pause(name: StreamName, paused: boolean) {
    if (name.feed === "") this.paused = paused;
    else if (paused) this.own.add(streamKey(name));
    else this.own.delete(streamKey(name));
    this.changed();
    return {};
  }

  private cancel(id: number) {
    this.account.asks = this.account.asks.map((ask) =>
      ask.id === id
        ? { ...ask, status: "cancelled", text: "You stopped it. Press Fetch now to have it after all." }
        : ask,
    );
    this.changed();
    return {};
  }
}
