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
        assertThat(golden.disagreements(golden.actual(method))).as(name).isEmpty();
    }
}
