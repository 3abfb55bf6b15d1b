import { formatInstant } from "@/lib/format";
import type { ItemRow, Report } from "../api/types";

/** The report as plain text, to be kept elsewhere or mailed. */
export function reportText(report: Report, locale: string, now: string): string {
  const { same, different, cannot } = report.rerun;
  const parts = [
    [
      `Review of decisions, ${report.title}: ${report.state_text}`,
      `As of ${formatInstant(now, locale)}`,
      report.sentence,
    ],
    report.lots.flatMap((lot) => [
      `${lot.kind_title}: looked at ${lot.looked} of ${lot.must + lot.sample}, of ${lot.lot} dealt with. ${lot.wrong} wrong, ${lot.critical} critical.`,
      `  ${lot.upper_text}`,
      `  ${lot.plan_text}`,
      ...lot.at_risk.map((risk) => `  At risk, ${risk.what}: ${risk.at_risk.text} of ${risk.decided.text}`),
      ...(lot.blocked === "" ? [] : [`  ${lot.blocked}`]),
    ]),
    [`Run again: ${same} the same, ${different} different, ${cannot} cannot be run again.`],
    titled("What followed", report.effects),
    titled("Wrong and critical ones", report.found.map(line)),
    titled("Still to be looked at again", report.look_again.map(line)),
  ];
  return `${parts
    .filter((part) => part.length > 0)
    .map((part) => part.join("\n"))
    .join("\n\n")}\n`;
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((text) => `- ${text}`)];
}

function line(item: ItemRow): string {
  const words = item.verdict === "" ? "not looked at" : item.verdict_text;
  return `${item.title} (${item.policy_title}, v${item.version}, ${item.subject}): ${words}`;
}
