package dev.microlift.server.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commands()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void anUnknownCommandIsToldWithTheUsage() {
        assertThat(run("simulat")).isEqualTo(2);
        assertThat(err.toString()).contains("simulat").contains("Did you mean: microlift simulate?");

        assertThat(run("--port=1")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown option: '--port=1'").contains("Usage: microlift [-hV] [COMMAND]");
    }

    @Test
    void helpNamesTheCommandsAndVersionTheProgram() {
        assertThat(run("--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(out.toString())
                .contains("Without a command: the server.", "simulate", "rebuild-store", "microlift ");
    }

    @Test
    void aStartThatFailsTellsWhatOurPartSaidAndOtherwiseTheFirstCause() {
        Throwable ours = new LaunchException("the disk is gone", new IllegalStateException("low level"));

        assertThat(Main.reason(new RuntimeException("Failed to start", new RuntimeException("bean", ours))))
                .isEqualTo("the disk is gone");
        assertThat(Main.reason(new RuntimeException("Failed to start", new IllegalStateException("port in use"))))
                .isEqualTo("port in use");
    }
}
