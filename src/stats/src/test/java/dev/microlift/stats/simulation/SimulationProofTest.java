package dev.microlift.stats.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationProofTest {
    private static final double SHORT = 0.05;

    @Test
    void noClaimIsMoreThanFourMonteCarloErrorsOff() {
        List<Figure> figures = SimulationProof.measure(SHORT, line -> {});
        assertThat(figures).as(SimulationProof.table(figures)).allMatch(Figure::holds);
    }

    @Test
    void aFigureFiveErrorsBeyondItsClaimIsFound() {
        Figure off = Figure.share("study", "figure", Figure.Claim.AT_MOST, 0.05, 74, 1000);
        assertThat(off.errorsOff()).isBetween(3.4, 3.5);
        assertThat(Figure.share("study", "figure", Figure.Claim.AT_MOST, 0.05, 85, 1000)
                        .holds())
                .isFalse();
        assertThat(Figure.share("study", "figure", Figure.Claim.AT_LEAST, 0.95, 900, 1000)
                        .holds())
                .isFalse();
        assertThat(Figure.share("study", "figure", Figure.Claim.EQUAL, 0.05, 10, 1000)
                        .holds())
                .isFalse();
    }

    @Test
    void theSameSeedsGiveTheSameFigures() {
        Study study = new DecompositionStudy(100);
        List<Figure> once = study.run(new Simulation(0.01, line -> {}));
        assertThat(study.run(new Simulation(0.01, line -> {}))).isEqualTo(once);
    }
}
