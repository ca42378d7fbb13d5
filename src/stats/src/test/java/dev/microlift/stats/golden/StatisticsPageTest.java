package dev.microlift.stats.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.stats.Fieller;
import dev.microlift.stats.Moments;
import dev.microlift.stats.Reason;
import dev.microlift.stats.Welch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the statistics page says is so. */
class StatisticsPageTest {

    private static String page() throws IOException {
        return Files.readString(Path.of("README.md"));
    }

    @Test
    void theExamplePrintsWhatThePageSays() throws IOException {
        Moments control = Moments.binary(20_000, 1_000);
        Moments treatment = Moments.binary(20_000, 1_110);
        Fieller.Result lift = Fieller.lift(control, treatment, 0.05);
        String printed = String.format(
                Locale.ROOT,
                "p %.4f, lift %+.1f %%, from %+.1f to %+.1f %%",
                Welch.test(control, treatment, 0.05).p(),
                100 * Objects.requireNonNull(lift.lift()),
                100 * Objects.requireNonNull(lift.ciLow()),
                100 * Objects.requireNonNull(lift.ciHigh()));
        assertThat(page()).contains("// " + printed + "\n");
    }

    @Test
    void theExampleOfARefusalIsRefused() throws IOException {
        Reason reason =
                Welch.test(Moments.binary(50, 4), Moments.binary(50, 7), 0.05).reason();
        assertThat(page()).contains("// " + reason + "\n");
    }

    @Test
    void thePageNamesEveryMethodThatHasAReferenceFile() throws IOException {
        String page = page();
        assertThat(GoldenMethods.names()).allSatisfy(method -> assertThat(page).contains("`" + method + "`"));
    }
}
