package dev.microlift.server.analysis;

import static dev.microlift.server.analysis.Events.event;
import static dev.microlift.server.analysis.Events.exposure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.microlift.server.SettableClock;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever waits for a long answer can see it, and end it. */
class ComputationsTest extends StoredEvents {

    private static final Sql MANY = Sql.of("create temporary table many as select range as x from range(3000000)");
    private static final Sql ENDLESS = Sql.of("select count(*) from many a, many b where a.x <> b.x + 0.5");

    private final ExecutorService background = Executors.newSingleThreadExecutor();
    private final List<Runnable> gone = new ArrayList<>();
    private Computations computations;
    private Analysis analysis;

    @BeforeEach
    void someUnits() {
        store(exposure("x1", "u1", "c", 0), event("e1", "u1", "View", 10));
        SettableClock clock = new SettableClock(NOW);
        computations = new Computations(clock, gone::add);
        analysis = new Analysis(events(), new SmallReports(), clock, computations, new SimpleMeterRegistry());
    }

    @AfterEach
    void end() {
        background.shutdownNow();
    }

    /** Works on an answer that never comes; the statement runs when this returns. */
    private Future<Long> endless() throws Exception {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        Future<Long> answer = background.submit(() -> computations.run(
                Computation.What.FIGURES,
                new Ask().question(),
                computation -> events().read(connection -> {
                    Session session = new Session(connection, new SmallReports().timeout(), computation);
                    session.tellProgress();
                    session.execute(MANY);
                    begun.complete(true);
                    return session.number(ENDLESS);
                })));
        begun.get(1, TimeUnit.MINUTES);
        return answer;
    }

    /** An interrupt that comes before the statement runs is lost: it is sent until the work has ended. */
    private static void endsWith(Future<Long> answer, Runnable cancel) {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 600; i++) {
                        cancel.run();
                        try {
                            answer.get(100, TimeUnit.MILLISECONDS);
                        } catch (TimeoutException notYet) {
                            // it is told again
                        }
                    }
                })
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ErrorCode.REPORT_CANCELLED));
    }

    @Test
    void whatIsComputedIsListedUntilItIsThere() {
        List<Computation> seen = new ArrayList<>();
        analysis.export(new Ask().question(), unit -> seen.addAll(computations.list()));

        assertThat(seen).singleElement().satisfies(computation -> {
            assertThat(computation.what()).isEqualTo(Computation.What.UNITS);
            assertThat(computation.about()).isEqualTo("experiment exp");
            assertThat(computation.since()).isEqualTo(NOW);
            assertThat(computation.state()).isEqualTo(Computation.State.COMPUTING);
            assertThat(computation.statementsDone()).isPositive();
        });
        assertThat(computations.list()).isEmpty();
    }

    @Test
    void aStatementThatRunsIsInterrupted() throws Exception {
        Future<Long> answer = endless();
        Computation computation = computations.list().get(0);

        endsWith(answer, computation::cancel);
        assertThat(computations.list()).isEmpty();
    }

    @Test
    void aRequesterThatIsGoneCancels() throws Exception {
        Future<Long> answer = endless();

        endsWith(answer, gone.get(0));
    }

    @Test
    void noStatementBeginsAfterACancel() {
        assertThatThrownBy(() -> computations.run(Computation.What.FIGURES, new Ask().question(), computation -> {
                    computations.cancel(computation.id());
                    return events().read(
                                    connection -> new Session(connection, new SmallReports().timeout(), computation)
                                            .number(Sql.of("select 1")));
                }))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ErrorCode.REPORT_CANCELLED));
    }

    @Test
    void theShareOfAStatementThatIsDoneIsTold() throws Exception {
        Future<Long> answer = endless();
        Computation computation = computations.list().get(0);

        // Half of what it reads is read at once, the other half never.
        double share = 0;
        for (int i = 0; i < 600 && share == 0; i++) {
            share = computation.statementProgress().orElse(0);
            if (share == 0) {
                assertThatThrownBy(() -> answer.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            }
        }
        assertThat(share).isGreaterThan(0).isLessThan(1);
        endsWith(answer, computation::cancel);
    }

    @Test
    void whatIsNotThereCannotBeCancelled() {
        assertThatThrownBy(() -> computations.cancel("chair"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
}
