package dev.microlift.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.microlift.server.SettableClock;
import dev.microlift.server.document.Page;
import dev.microlift.server.eventlog.SampleMessages;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportBookTest {

    private final ImportBook book = new ImportBook(new SettableClock(SampleMessages.NOON));

    private List<ImportStatus> all() {
        return book.list(Page.Request.of("1000", null)).items();
    }

    @Test
    void aListIsReadPartByPart() {
        for (int i = 0; i < 5; i++) {
            book.done(book.begin("import-" + i));
        }
        Page<ImportStatus> first = book.list(Page.Request.of("3", null));
        Page<ImportStatus> second = book.list(Page.Request.of("3", first.nextCursor()));

        assertThat(first.items()).extracting(ImportStatus::id).containsExactly("import-4", "import-3", "import-2");
        assertThat(second.items()).extracting(ImportStatus::id).containsExactly("import-1", "import-0");
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void anImportRunsUntilItIsDoneOrFailed() {
        ImportProgress progress = book.begin("history");
        progress.reachedLine(7);
        assertThat(book.get("history"))
                .isEqualTo(new ImportStatus(
                        "history", ImportStatus.State.RUNNING, SampleMessages.NOON, null, 0, 7, 0, 0, 0, null));

        book.failed(progress, "cut off");

        assertThat(book.get("history").state()).isEqualTo(ImportStatus.State.FAILED);
        assertThat(book.get("history").reason()).isEqualTo("cut off");
        assertThat(book.get("history").finishedAt()).isEqualTo(SampleMessages.NOON);
    }

    @Test
    void theIdOfARunningImportIsTakenAndThatOfAFinishedOneIsFree() {
        ImportProgress progress = book.begin("history");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> book.begin("history"))
                .satisfies(why -> assertThat(why.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));

        book.done(progress);
        book.begin("history");

        assertThat(book.get("history").state()).isEqualTo(ImportStatus.State.RUNNING);
        assertThat(all()).hasSize(1);
    }

    @Test
    void theLastHundredThatEndedAreKeptAndAllThatRun() {
        book.begin("running");
        for (int i = 0; i < 150; i++) {
            book.done(book.begin("import-" + i));
        }

        assertThat(all())
                .hasSize(101)
                .extracting(ImportStatus::id)
                .startsWith("import-149")
                .endsWith("running");
    }

    @Test
    void anImportWithoutAnIdGetsOne() {
        assertThat(book.get(book.begin(null).id()).state()).isEqualTo(ImportStatus.State.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "-a",
                "a b",
                "ü",
                "a/b",
                "0123456789012345678901234567890123456789012345678901234567890123"
            })
    void anIdThatIsNoKeyIsRefused(String id) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> book.begin(id))
                .satisfies(why -> assertThat(why.code()).isEqualTo(ErrorCode.INVALID_PARAMETER));
    }
}
