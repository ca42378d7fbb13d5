package dev.microlift.server.report;

import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.Arm;
import dev.microlift.server.analysis.DayPaths;
import dev.microlift.server.analysis.Population;
import dev.microlift.server.analysis.Segment;
import dev.microlift.server.journey.Step;
import dev.microlift.server.report.path.Leak;
import dev.microlift.server.report.study.Study;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for leaks in the parts of an answer. */
public final class Leaks {

    private static final String EVERYBODY = "all";

    private Leaks() {}

    /** Every treatment beside the control, in all and in each segment; every variant beside its own earlier days. */
    static List<Leak> ofExperiment(Study study, Answer answer, Population population) {
        List<Leak.Part> parts = new ArrayList<>();
        addArms(study, study.arms(), "", parts);
        for (Segment segment : answer.segments()) {
            addArms(study, segment.arms(), name(segment) + ", ", parts);
        }
        List<Leak> leaks = new ArrayList<>(Leak.of(parts, "control", days(answer, population), study.alpha()));
        leaks.addAll(ofDays(study, answer.dayPaths()));
        Long unexposed = answer.quality().unexposedUnits();
        if (unexposed != null) {
            leaks.add(Leak.unexposed(unexposed, answer.units().exposed()));
        }
        return leaks;
    }

    /** On how many days the counted units came; without a window every day's units are. */
    private static int days(Answer answer, Population population) {
        boolean onlySome =
                population == Population.MATURED && !answer.dayPaths().isEmpty();
        return onlySome ? answer.dayPaths().size() : answer.days().size();
    }

    /**
     * Each day of a variant beside its own days before: what broke on the way. All days are compared, but only the last
     * one and those that leak are told.
     */
    private static List<Leak> ofDays(Study study, List<DayPaths> days) {
        List<Leak.Part> parts = new ArrayList<>();
        Set<String> last = new HashSet<>();
        for (int arm = 0; arm < study.arms().size(); arm++) {
            Leak.Counts before = Leak.Counts.NONE;
            String name = "";
            for (DayPaths day : days) {
                Leak.Counts counts = Leak.Counts.of(study.steps(), day.byArm().get(arm));
                name = day.day() + ", " + study.arms().get(arm).variant();
                parts.add(new Leak.Part(name, counts, before.units() == 0 ? null : before));
                before = before.plus(counts);
            }
            last.add(name);
        }
        return Leak.of(parts, "earlierDays", 1, study.alpha()).stream()
                .filter(leak -> Boolean.TRUE.equals(leak.rising()) || last.contains(leak.part()))
                .toList();
    }

    private static void addArms(Study study, List<Arm> arms, String prefix, List<Leak.Part> parts) {
        Leak.Counts control = Leak.Counts.of(study.steps(), arms.get(study.control()));
        parts.add(new Leak.Part(prefix + arms.get(study.control()).variant(), control, null));
        for (int arm : study.treatments()) {
            parts.add(new Leak.Part(
                    prefix + arms.get(arm).variant(), Leak.Counts.of(study.steps(), arms.get(arm)), control));
        }
    }

    /**
     * All traffic beside the same days before, in all and in each segment.
     *
     * @param days on how many the counted units came
     */
    public static List<Leak> ofTraffic(List<Step> steps, Answer now, Answer before, double days, double alpha) {
        Map<String, Leak.Counts> usual = new HashMap<>();
        parts(steps, before, Map.of()).forEach(part -> usual.put(part.name(), part.now()));
        return Leak.of(parts(steps, now, usual), "previousDays", days, alpha);
    }

    private static List<Leak.Part> parts(List<Step> steps, Answer answer, Map<String, Leak.Counts> usual) {
        List<Leak.Part> parts = new ArrayList<>();
        Leak.Counts everybody = Leak.Counts.of(steps, answer.arms().get(0))
                .withIdle(answer.units().withoutStep());
        parts.add(new Leak.Part(EVERYBODY, everybody, usual.get(EVERYBODY)));
        for (Segment segment : answer.segments()) {
            Leak.Counts counts = Leak.Counts.of(steps, segment.arms().get(0));
            parts.add(new Leak.Part(name(segment), counts, usual.get(name(segment))));
        }
        return parts;
    }

    private static String name(Segment segment) {
        return segment.attribute() + "=" + segment.value();
    }
}
