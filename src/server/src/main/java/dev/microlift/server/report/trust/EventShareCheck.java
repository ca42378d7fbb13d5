package dev.microlift.server.report.trust;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.microlift.server.analysis.ArmQuality;
import dev.microlift.server.analysis.Quality;
import dev.microlift.server.report.study.Shares;
import dev.microlift.server.report.study.Study;
import dev.microlift.stats.SampleRatio;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Events with a flaw, by variant: too many of them, or not the same share in every arm. Events of one unit are not
 * independent, so a small p-value alone condemns nothing: the gap between the arms must matter too.
 *
 * @param pValue of flawed events being spread like all events (chi-square), as if events were independent
 * @param gap largest less smallest share
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record EventShareCheck(
        String check,
        Judgement verdict,
        List<FlawedEvents> variants,
        @Nullable Double gap,
        @Nullable Double pValue) implements Check {

    private static final double BALANCE_P = 0.001;

    /** A kind of flaw, the share from which it deserves a look, and the gap between arms from which it does. */
    enum Flaw {
        /** However many they are, as after an import of old data; late events count like others. */
        LATE("lateShare", 1, 0.01),
        BOT("botShare", 0.5, 0.02),
        CLAMPED("clampedShare", 0.01, 0.005);

        private final String check;
        private final double many;
        private final double wide;

        Flaw(String check, double many, double wide) {
            this.check = check;
            this.many = many;
            this.wide = wide;
        }

        private long flawed(ArmQuality arm) {
            return switch (this) {
                case LATE -> arm.late();
                case BOT -> arm.botEvents();
                case CLAMPED -> arm.clamped();
            };
        }

        /** Robots' events are not among the events of people. */
        private long events(ArmQuality arm) {
            return this == BOT ? arm.events() + arm.botEvents() : arm.events();
        }
    }

    /** Events of one variant. */
    public record FlawedEvents(
            String variant,
            long events,
            long flawed,
            @Nullable Double share) {}

    static EventShareCheck of(Flaw flaw, Study study, Quality quality) {
        List<FlawedEvents> variants = IntStream.range(0, quality.arms().size())
                .mapToObj(arm -> {
                    long events = flaw.events(quality.arms().get(arm));
                    long flawed = flaw.flawed(quality.arms().get(arm));
                    return new FlawedEvents(study.arms().get(arm).variant(), events, flawed, Shares.of(flawed, events));
                })
                .toList();
        double largest =
                variants.stream().mapToDouble(EventShareCheck::share).max().orElse(0);
        double smallest = variants.stream()
                .filter(variant -> variant.events() > 0)
                .mapToDouble(EventShareCheck::share)
                .min()
                .orElse(0);
        Double p = balanceP(variants);
        boolean uneven = p != null && p < BALANCE_P && largest - smallest > flaw.wide;
        boolean any = variants.stream().anyMatch(variant -> variant.events() > 0);
        return new EventShareCheck(
                flaw.check,
                uneven || largest > flaw.many ? Judgement.WARN : Judgement.OK,
                variants,
                any ? largest - smallest : null,
                p);
    }

    private static double share(FlawedEvents variant) {
        return variant.share() == null ? 0 : variant.share();
    }

    /** Are flawed events spread over the arms as all events are? */
    private static @Nullable Double balanceP(List<FlawedEvents> variants) {
        List<FlawedEvents> active =
                variants.stream().filter(variant -> variant.events() > 0).toList();
        return active.size() < 2
                ? null
                : SampleRatio.check(
                                active.stream().mapToLong(FlawedEvents::flawed).toArray(),
                                active.stream()
                                        .mapToDouble(FlawedEvents::events)
                                        .toArray())
                        .p();
    }
}
