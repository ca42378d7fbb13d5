package dev.microlift.server.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.microlift.server.document.Choices;
import dev.microlift.server.report.ExperimentReport;
import dev.microlift.server.report.metric.GuardrailBlock;
import dev.microlift.server.report.path.Leak;
import dev.microlift.server.report.trust.Judgement;
import dev.microlift.stats.NonInferiority;
import java.util.ArrayList;
import java.util.List;

/** Reads out of a report what needs attention. */
final class ExperimentFindings {

    /**
     * The level of the adjusted p-value at which a leak is told. Reports speak of one at the plan's level; alerts look at
     * every report of a whole run, and should not be raised by chance in each.
     */
    private static final double LEAK_LEVEL = 0.001;

    private final ObjectMapper json;

    ExperimentFindings(ObjectMapper json) {
        this.json = json;
    }

    List<Finding> of(String experiment, ExperimentReport report) {
        List<Finding> found = new ArrayList<>();
        report.guardrails().stream()
                .filter(guardrail -> guardrail.comparisons().stream().anyMatch(ExperimentFindings::isViolated))
                .map(guardrail -> new Finding(
                        AlertKind.GUARDRAIL_VIOLATED, experiment + "/" + guardrail.metric(), evidence(guardrail)))
                .forEach(found::add);
        if (!report.trust().isValid()) {
            found.add(new Finding(AlertKind.TRUST_INVALID, experiment, trust(report)));
        }
        List<Leak> leaks =
                report.leaks().stream().filter(ExperimentFindings::isLeaking).toList();
        if (!leaks.isEmpty()) {
            ObjectNode evidence = json.createObjectNode();
            evidence.set("leaks", json.valueToTree(leaks));
            found.add(new Finding(AlertKind.BUCKET_LEAKING, experiment, evidence));
        }
        return found;
    }

    static boolean isViolated(GuardrailBlock.Judged judged) {
        return judged.verdict() == NonInferiority.Verdict.VIOLATED;
    }

    private static boolean isLeaking(Leak leak) {
        return Boolean.TRUE.equals(leak.rising()) && leak.pAdjusted() != null && leak.pAdjusted() < LEAK_LEVEL;
    }

    private JsonNode evidence(GuardrailBlock guardrail) {
        ObjectNode evidence = json.createObjectNode();
        evidence.put("metric", guardrail.metric());
        evidence.put("direction", Choices.write(guardrail.direction()));
        evidence.put("margin", guardrail.margin());
        List<GuardrailBlock.Judged> violated = guardrail.comparisons().stream()
                .filter(ExperimentFindings::isViolated)
                .toList();
        evidence.set("comparisons", json.valueToTree(violated));
        return evidence;
    }

    /** Without the parts for diagnosis, which are as long as the experiment and stand in the report. */
    private JsonNode trust(ExperimentReport report) {
        ObjectNode evidence = json.createObjectNode();
        JsonNode checks = json.valueToTree(report.trust().checks().stream()
                .filter(check -> check.verdict() == Judgement.INVALID)
                .toList());
        checks.forEach(check -> ((ObjectNode) check).remove(List.of("byDay", "bySegment")));
        evidence.set("checks", checks);
        return evidence;
    }
}
