package dev.microlift.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShopTest {

    private static Shop shop(Map<ShopStep, Double> rates, Map<ShopStep, Double> effects) {
        return new Shop(rates, effects, 40);
    }

    @Test
    void theRateOfAStepIsTheProductOfTheConditionalRatesUpToIt() {
        Shop shop = shop(
                Map.of(ShopStep.SEARCH, 0.5, ShopStep.VIEW, 0.4, ShopStep.CART, 0.2, ShopStep.PURCHASE, 0.1), Map.of());

        assertThat(shop.rate(ShopStep.SEARCH, Arm.CONTROL)).isEqualTo(0.5);
        assertThat(shop.rate(ShopStep.VIEW, Arm.CONTROL)).isCloseTo(0.2, within(1e-15));
        assertThat(shop.rate(ShopStep.PURCHASE, Arm.CONTROL)).isCloseTo(0.004, within(1e-15));
        assertThat(shop.rate(ShopStep.PURCHASE, Arm.TREATMENT)).isCloseTo(0.004, within(1e-15));
    }

    @Test
    void anEffectLiftsItsStepAndAllLaterOnesButNoEarlierOne() {
        Shop shop = shop(Map.of(), Map.of(ShopStep.VIEW, 0.1, ShopStep.CART, -0.2));

        assertThat(shop.lift(ShopStep.SEARCH)).isZero();
        assertThat(shop.lift(ShopStep.VIEW)).isCloseTo(0.1, within(1e-12));
        assertThat(shop.lift(ShopStep.CART)).isCloseTo(1.1 * 0.8 - 1, within(1e-12));
        assertThat(shop.lift(ShopStep.PURCHASE)).isCloseTo(1.1 * 0.8 - 1, within(1e-12));
    }

    @Test
    void noRatePassesOneAndTheTrueLiftIsThatOfTheRatePlayed() {
        Shop shop = shop(Map.of(ShopStep.SEARCH, 0.8), Map.of(ShopStep.SEARCH, 0.5));

        assertThat(shop.conditionalRate(ShopStep.SEARCH, Arm.TREATMENT)).isEqualTo(1);
        assertThat(shop.lift(ShopStep.PURCHASE)).isCloseTo(0.25, within(1e-12));
        assertThat(shop.isClipped(ShopStep.SEARCH)).isTrue();
        assertThat(shop.isClipped(ShopStep.VIEW)).isFalse();
    }

    @Test
    void aStepThatControlNeverDoesHasNoLift() {
        assertThat(shop(Map.of(ShopStep.VIEW, 0.0), Map.of()).lift(ShopStep.CART))
                .isNaN();
    }

    @Test
    void whatIsNotStatedHasItsDefaultRateAndNoEffect() {
        Shop shop = shop(Map.of(), Map.of());

        assertThat(shop.rates()).isEqualTo(Shop.DEFAULT_RATES);
        assertThat(shop.effects().values()).containsOnly(0.0);
    }

    @Test
    void impossibleShopsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> shop(Map.of(ShopStep.VIEW, 1.01), Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> shop(Map.of(ShopStep.VIEW, -0.01), Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> shop(Map.of(ShopStep.VIEW, Double.NaN), Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> shop(Map.of(), Map.of(ShopStep.CART, -1.01)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop(Map.of(), Map.of(ShopStep.CART, Double.POSITIVE_INFINITY)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shop(Map.of(), Map.of(), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shop(Map.of(), Map.of(), Double.NaN));
    }
}
