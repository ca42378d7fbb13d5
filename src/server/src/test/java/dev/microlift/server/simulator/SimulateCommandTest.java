package dev.microlift.server.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulateCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new SimulateCommand(Clock.systemUTC()))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--units=-1           | the number of units must be from 1",
                "--units=many         | Invalid value for option '--units'",
                "--units=0            | the number of units must be from 1",
                "--effect=checkout=1% | there is no step 'checkout'; the steps are search, view, cart, purchase",
                "--effect=view=NaN    | 'NaN' is not a number such as 0.1 or 10%",
                "--effect=view=1e999  | '1e999' is not a number such as 0.1 or 10%",
                "--effect=view=-101%  | the effect on view must be -100% or more",
                "--effect=view        | --effect",
                "--base=cart=1.2      | the base rate of cart must be from 0 to 1",
                "--base=cart=-0.1     | the base rate of cart must be from 0 to 1",
                "--base=cart=Infinity | 'Infinity' is not a number",
                "--revenue-mean=NaN   | the mean revenue must be above 0",
                "--revenue-mean=0     | the mean revenue must be above 0",
                "--crossover=1.5      | the share crossover must be from 0 to 1",
                "--srm=-1%            | the share srm must be from 0 to 1",
                "--days=NaN           | the days must be from 0 to 6",
                "--days=7             | the days must be from 0 to 6",
                "--batch=0            | a batch must have 1 to 1000 messages",
                "--batch=2500         | a batch must have 1 to 1000 messages",
                "--threads=0          | the number of threads must be from 1 to 256",
                "--experiment=A/B     | the key of the experiment must have 1 to 63",
                "--journey=..         | the key of the journey must have 1 to 63",
                "--url=localhost      | the url must be like http://127.0.0.1:8080",
                "--url=ftp://x        | the url must be like http://127.0.0.1:8080",
                "--report-only        | --report-only needs --experiment or --seed",
                "--speed=9            | Unknown option: '--speed=9'",
            })
    void aWrongValueIsToldWithTheUsage(String argument, String message) {
        assertThat(run("--key=k", argument)).isEqualTo(2);
        assertThat(err.toString()).contains(message).contains("Usage: simulate [OPTIONS]");
    }

    @Test
    void aKeyIsNeededAndNeverRepeated() {
        assertThat(run("--key=")).isEqualTo(2);
        assertThat(err.toString()).contains("a key is needed");

        assertThat(run("--key=secret\u00e9")).isEqualTo(2);
        assertThat(err.toString()).contains("a character that no key has").doesNotContain("secret");
    }

    @Test
    void aServerOutOfReachIsOneSentence() throws Exception {
        String url;
        try (StubServer gone = new StubServer()) {
            url = gone.url();
        }

        assertThat(run("--key=k", "--url", url)).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("microlift: cannot reach " + url + ": connection refused");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpListsTheOptions() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--effect=<step>=<change>").contains("--report-only");
    }
}
