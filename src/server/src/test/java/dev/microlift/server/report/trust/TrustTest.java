package dev.microlift.server.report.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.analysis.Answer;
import dev.microlift.server.analysis.ArmQuality;
import dev.microlift.server.analysis.Day;
import dev.microlift.server.analysis.Quality;
import dev.microlift.server.analysis.Units;
import dev.microlift.server.report.study.Studies;
import dev.microlift.server.report.study.Study;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrustTest {

    private static final Trust.Circumstances ENDED = new Trust.Circumstances(true, true, true);
    private static final ArmQuality CLEAN = new ArmQuality(10_000, 0, 0, 0, 5_000, 0, 0);
    private static final Units NO_CROSSOVERS = new Units(10_000, 0, 0, 0, 0, List.of(0L, 0L), 0);

    private static Trust trust(
            long control,
            long treatment,
            Units units,
            ArmQuality ofTreatment,
            @Nullable Long unexposed,
            List<Day> days) {
        Study study = Studies.fixed(
                Studies.journey("buy"),
                Studies.nested("control", control, 100),
                Studies.nested("treatment", treatment, 100));
        Quality quality = new Quality(List.of(CLEAN, ofTreatment), unexposed, unexposed == null ? null : 0L);
        Answer answer = new Answer(
                units, study.arms(), List.of(), List.of(), days, quality, List.of(), List.of(), null, null, 0);
        return Trust.of(study, answer, ENDED);
    }

    private static Check check(Trust trust, String name) {
        return trust.checks().stream()
                .filter(check -> check.check().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void cleanDataAreTrusted() {
        Trust trust = trust(5_000, 5_000, NO_CROSSOVERS, CLEAN, 0L, List.of());

        assertThat(trust.verdict()).isEqualTo(Judgement.OK);
        assertThat(trust.checks())
                .extracting(Check::check)
                .containsExactly(
                        "srm",
                        "crossoverBalance",
                        "assignmentMismatch",
                        "eventsWithoutExposure",
                        "lateShare",
                        "botShare",
                        "clampedShare",
                        "duplicateShare",
                        "preExposureBalance");
    }

    @Test
    void aSampleRatioThatDoesNotFitInvalidatesEverything() {
        Trust trust = trust(5_500, 4_500, NO_CROSSOVERS, CLEAN, 0L, List.of());

        assertThat(check(trust, "srm").verdict()).isEqualTo(Judgement.INVALID);
        assertThat(trust.isValid()).isFalse();
    }

    @Test
    void anEarlierDayIsNotForgottenByTheSequentialTest() {
        Day wrong = new Day(LocalDate.of(2030, 1, 1), List.of(3_000L, 2_000L), List.of(0L, 0L));
        Day opposite = new Day(LocalDate.of(2030, 1, 2), List.of(2_000L, 3_000L), List.of(0L, 0L));

        Trust trust = trust(5_000, 5_000, NO_CROSSOVERS, CLEAN, 0L, List.of(wrong, opposite));

        SampleRatioCheck check = (SampleRatioCheck) check(trust, "srm");
        assertThat(check.eMax()).isGreaterThan(100);
        assertThat(check.verdict()).isEqualTo(Judgement.INVALID);
        assertThat(check.byDay().suspicious()).hasSize(2);
    }

    @Test
    void crossoversFromOneArmInvalidate() {
        Trust trust = trust(5_000, 5_000, new Units(10_200, 200, 0, 0, 0, List.of(150L, 50L), 0), CLEAN, 0L, List.of());

        assertThat(check(trust, "crossoverBalance").verdict()).isEqualTo(Judgement.INVALID);
    }

    @Test
    void unitsInAnotherVariantThanTheirHashGivesInvalidate() {
        ArmQuality wrong = new ArmQuality(10_000, 0, 0, 0, 5_000, 300, 0);

        assertThat(check(trust(5_000, 5_000, NO_CROSSOVERS, wrong, 0L, List.of()), "assignmentMismatch")
                        .verdict())
                .isEqualTo(Judgement.INVALID);
    }

    @Test
    void flawedEventsOnOneSideWarn() {
        ArmQuality clamped = new ArmQuality(10_000, 0, 150, 0, 5_000, 0, 0);

        Trust trust = trust(5_000, 5_000, NO_CROSSOVERS, clamped, 0L, List.of());

        assertThat(check(trust, "clampedShare").verdict()).isEqualTo(Judgement.WARN);
        assertThat(check(trust, "lateShare").verdict()).isEqualTo(Judgement.OK);
        assertThat(trust.isValid()).isTrue();
    }

    @Test
    void howOftenMessagesWereRepeatedIsRefusedWithItsReason() {
        DuplicateCheck check =
                (DuplicateCheck) check(trust(5_000, 5_000, NO_CROSSOVERS, CLEAN, 0L, List.of()), "duplicateShare");

        assertThat(check.share()).isNull();
        assertThat(check.reason()).isEqualTo("NOT_STORED");
    }

    @Test
    void manyUnitsWithoutExposureWarn() {
        assertThat(check(trust(5_000, 5_000, NO_CROSSOVERS, CLEAN, 1_000L, List.of()), "eventsWithoutExposure")
                        .verdict())
                .isEqualTo(Judgement.WARN);
        assertThat(check(trust(5_000, 5_000, NO_CROSSOVERS, CLEAN, 100L, List.of()), "eventsWithoutExposure")
                        .verdict())
                .isEqualTo(Judgement.OK);
    }

    @Test
    void unitsWithoutExposureAreNotJudgedInAPartOfTheTime() {
        Trust trust = trust(5_000, 5_000, NO_CROSSOVERS, CLEAN, null, List.of());

        UnexposedCheck check = (UnexposedCheck) check(trust, "eventsWithoutExposure");
        assertThat(check.verdict()).isEqualTo(Judgement.OK);
        assertThat(check.share()).isNull();
        assertThat(check.reason()).isEqualTo("PART_OF_TIME");
    }
}
