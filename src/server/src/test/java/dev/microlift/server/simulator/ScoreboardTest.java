package dev.microlift.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreboardTest {

    private static final String REPORT = """
            {"analysis": {"level": 0.95},
             "population": {"exposed": 20011, "crossovers": 3,
               "perVariant": [{"variant": "control", "exposed": 10011}, {"variant": "treatment", "exposed": 10000}]},
             "trust": {"checks": [{"check": "crossoverBalance", "verdict": "warn"},
                                  {"check": "srm", "verdict": "ok", "pValue": 0.94}]},
             "metrics": [
               {"step": "cart", "variants": [{"variant": "control", "rate": 0.1261}, {"variant": "treatment", "rate": 0.14}],
                "comparisons": [{"variant": "treatment", "lift": {"estimate": 0.1102, "ci": [0.031, 0.1894]},
                                 "pValue": 0.00000431, "pAdjusted": 0.0123}]},
               {"step": "view", "variants": [{"variant": "control", "rate": 0.42}, {"variant": "treatment", "rate": 0.43}],
                "comparisons": [{"variant": "treatment", "lift": {"estimate": 0.02381, "ci": [0.001, 0.05]},
                                 "pValue": 0.04, "pAdjusted": 0.4}]},
               {"step": "purchase", "variants": [
                  {"variant": "control", "rate": 0.05, "value": {"sum": 1, "mean": 2.0161}},
                  {"variant": "treatment", "rate": null, "reason": "tooFew", "value": {"sum": 1, "mean": 2.2}}],
                "comparisons": [{"variant": "treatment", "lift": {"estimate": null, "ci": null}, "pValue": null,
                                 "value": {"lift": {"estimate": 0.0912, "ci": [-0.1, 0.3]}}}]}],
             "verdict": {"decision": "continue", "text": "Not all planned units are there."}}""";

    @Test
    void whatWasFoundStandsBesideTheTruth() throws Exception {
        Shop shop = new Shop(Map.of(), Map.of(ShopStep.CART, 0.1), 40);

        List<String> lines = new Scoreboard(shop).lines(Findings.read(Caller.JSON.readTree(REPORT)));

        assertThat(lines)
                .containsExactly(
                        "Exposed: control 10,011, treatment 10,000; sample ratio ok (p = 0.9400); crossovers 3",
                        "",
                        "step        control  treatment      lift  95 % interval        true lift  covered         p   adj. p",
                        "search            -          -         -  not in the report      +0.00 %  -               -        -",
                        "view        42.00 %    43.00 %   +2.38 %  [+0.10 %, +5.00 %]     +0.00 %  no         0.0400   0.4000",
                        "cart        12.61 %    14.00 %  +11.02 %  [+3.10 %, +18.94 %]   +10.00 %  yes       <0.0001   0.0123",
                        "purchase*    5.00 %          -         -  -                     +10.00 %  -               -        -",
                        "* the goal",
                        "Revenue per unit: control 2.016 (true 2.016), treatment 2.200 (true 2.218)",
                        "Lift of revenue per unit: +9.12 % [-10.00 %, +30.00 %] (true +10.00 %)",
                        "Verdict: continue: Not all planned units are there.");
    }

    @Test
    void anEffectThatCannotBePlayedIsSaid() {
        Shop shop = new Shop(Map.of(ShopStep.VIEW, 0.9), Map.of(ShopStep.VIEW, 0.5), 40);

        assertThat(new Scoreboard(shop).lines(Findings.read(Caller.JSON.createObjectNode())))
                .contains("The rate of view cannot pass 100 %: a smaller effect was played.");
    }
}
