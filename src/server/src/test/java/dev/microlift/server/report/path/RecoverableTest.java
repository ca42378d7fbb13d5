package dev.microlift.server.report.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.microlift.server.analysis.Segment;
import dev.microlift.server.analysis.StepOrder;
import dev.microlift.server.journey.Step;
import dev.microlift.server.report.study.Studies;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoverableTest {

    private static final List<Step> STEPS = Studies.journey("view", "buy").steps();

    private static Segment segment(String value, long... reach) {
        return new Segment("device", value, List.of(reach[0]), List.of(Studies.nested("all", reach)));
    }

    private static List<Recoverable> of(Segment... segments) {
        return Recoverable.of(STEPS, StepOrder.FURTHEST, List.of(segments), 0);
    }

    @Test
    void aDropIsPricedAgainstTheLowerLimitOfTheBestSegment() {
        List<Recoverable> gains = of(segment("desktop", 1000, 500, 100), segment("mobile", 1000, 200, 40));

        // Wilson's lower limit of 500 in 1000 is 0.46907; of the 200 who view on mobile 20 % buy.
        Recoverable first = gains.get(0);
        assertThat(first.edge()).isEqualTo("view");
        assertThat(first.segment()).isEqualTo("mobile");
        assertThat(first.best()).isEqualTo("desktop");
        assertThat(first.bestLowerLimit()).isCloseTo(0.469070, within(1e-6));
        assertThat(first.goals().estimate()).isCloseTo(1000 * (0.469070 - 0.2) * 0.2, within(1e-3));
        assertThat(first.goals().ci()).hasSize(2);
        assertThat(first.value()).isNull();
    }

    @Test
    void aGapThatMayBeNoiseIsNotPriced() {
        assertThat(of(segment("desktop", 1000, 500, 100), segment("mobile", 1000, 480, 100)))
                .isEmpty();
    }

    @Test
    void segmentsOfFewUnitsAreNeitherComparedNorPriced() {
        assertThat(of(segment("desktop", 99, 99, 99), segment("mobile", 1000, 200, 40)))
                .isEmpty();
    }

    @Test
    void theLargestGainComesFirst() {
        List<Recoverable> gains = of(
                segment("desktop", 10_000, 9_000, 900),
                segment("mobile", 1000, 200, 20),
                segment("tablet", 50_000, 10_000, 1000));

        assertThat(gains.get(0).segment()).isEqualTo("tablet");
        assertThat(gains.get(1).segment()).isEqualTo("mobile");
    }
}
