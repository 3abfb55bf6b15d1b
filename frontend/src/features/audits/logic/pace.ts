/** Seconds one item takes before any was timed: twenty in half an hour. */
const assumedSeconds = 90;

/** Timings that count: the newest ones, so that the estimate follows a person who gets quicker. */
const kept = 8;

/** The seconds of the items judged last; a long pause in one of them moves the middle little. */
export function withTiming(timings: readonly number[], seconds: number): number[] {
  return [...timings, seconds].slice(-kept);
}

/** "about 12 min left"; "" when nothing is left. */
export function timeLeft(left: number, timings: readonly number[]): string {
  if (left <= 0) return "";
  const minutes = Math.max(1, Math.round((left * middle(timings)) / 60));
  return `about ${minutes} min left`;
}

function middle(timings: readonly number[]): number {
  const sorted = [...timings].sort((a, b) => a - b);
  const [low = assumedSeconds, high = low] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ];
  return (low + high) / 2;
}
