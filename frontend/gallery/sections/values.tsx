import { Day } from "@/ui/day/day";
import { Delta } from "@/ui/delta/delta";
import { Fact } from "@/ui/fact/fact";
import { FreshnessChip } from "@/ui/freshness-chip/freshness-chip";
import { Kbd } from "@/ui/kbd/kbd";
import { Money } from "@/ui/money/money";
import { Percent } from "@/ui/percent/percent";
import { SeverityIcon } from "@/ui/severity-icon/severity-icon";
import { Sparkline } from "@/ui/sparkline/sparkline";
import { DemoBadge } from "@/ui/state-card/demo-badge";
import { Case, Line, Section } from "../case";
import { fresh, wave } from "../made-up";

const money = { ...fresh, text: "€12,480.00", num: 12480, currency: "EUR" };
const open = () => {};

export function ValueSection() {
  return (
    <Section title="Values">
      <Case title="Fact: fresh, settling, estimated, stale, not known, not applicable">
        <Line>
          <Fact value={fresh} unit="units" />
          <Fact value={{ ...fresh, maturity: "settling" }} />
          <Fact value={{ ...fresh, maturity: "estimated", note: "Assumes 28 days to come" }} />
          <Fact value={{ ...fresh, maturity: "stale" }} />
          <Fact value={{ ...fresh, text: "?", maturity: "missing", note: "The returns report would tell" }} />
          <Fact value={{ ...fresh, text: "", maturity: "" }} />
        </Line>
      </Case>
      <Case title="Fact: amount, converted amount, opens its definition">
        <Line>
          <Fact value={money} type="money" />
          <Fact value={{ ...money, approx: true, note: "at 1.087 of 24 Nov" }} type="money" />
          <Fact value={money} type="money" onDefine={open} />
          <Fact value={{ ...money, maturity: "settling" }} type="money" onDefine={open} />
        </Line>
      </Case>
      <Case title="Fact: changes and lines">
        <Line>
          <Fact value={{ ...fresh, text: "+12.0 %", num: 0.12, good: "good" }} change />
          <Fact value={{ ...fresh, text: "−0.8 pp", num: -0.008, good: "bad" }} change />
          <Fact value={{ ...fresh, text: "", maturity: "" }} change />
          <Fact value={{ ...fresh, line: wave(28, 20, 8) }} type="line" />
        </Line>
      </Case>
      <Case title="Delta">
        <Line>
          <Delta value={12} better="up" versus="vs previous 30 days" />
          <Delta value={1.3} unit="pp" better="down" />
          <Delta value={0} better="up" />
          <Delta value={null} />
        </Line>
      </Case>
      <Case title="Money, percent, day">
        <Line>
          <Money amount={{ minor: 41200, currency: "USD", text: "$412.00" }} />
          <Money amount={null} />
          <Percent value={4.2} />
          <Percent value={null} />
          <Day value="2026-11-24" />
          <Day value="2026-11-25T06:10:00Z" />
          <Day value="" />
        </Line>
      </Case>
      <Case title="Freshness, severity, demo, keys, sparkline">
        <Line>
          <FreshnessChip state="fresh" explanation="All orders, as of 06:10">
            Orders 06:10
          </FreshnessChip>
          <FreshnessChip state="settling">Ads settling to 26 Nov</FreshnessChip>
          <FreshnessChip state="stale">Search terms 15 d</FreshnessChip>
          <FreshnessChip state="missing">Returns</FreshnessChip>
          <SeverityIcon severity="critical" word="shown" />
          <SeverityIcon severity="warning" word="shown" />
          <SeverityIcon severity="info" word="shown" />
          <DemoBadge />
          <Kbd keys="mod+k" />
          <Kbd keys="g t" />
          <Sparkline values={wave(30, 20, 8)} />
        </Line>
      </Case>
    </Section>
  );
}
