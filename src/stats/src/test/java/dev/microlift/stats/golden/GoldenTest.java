package dev.microlift.stats.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenTest {
    /**
     * Without data both rates are uniform and {@code P(T/C > theta) = 1/(2 theta)}, so the upper limit of the lift is
     * 19 at level 0.95. The reference's quadrature steps over the kink at 1/theta and says 18.99845; the closed form
     * is held by {@code BayesBinaryTest}.
     */
    private static final String REFERENCE_ERROR = "bayes_binary/no data/.liftHigh";

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (String method : GoldenMethods.names()) {
            InputStream file = GoldenTest.class.getResourceAsStream("/golden/" + method + ".json");
            for (GoldenCase golden : GoldenCase.read(Objects.requireNonNull(file, method))) {
                cases.add(Arguments.of(method, golden.name(), golden));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void figuresAgreeWithTheReference(String method, String name, GoldenCase golden) {
        List<String> disagreements = golden.disagreements(golden.actual(method));
        disagreements.removeIf(text -> (method + "/" + name + "/" + text).startsWith(REFERENCE_ERROR + ":"));
        assertThat(disagreements).as(name).isEmpty();
    }
}
