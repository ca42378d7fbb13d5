package dev.microlift.server.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.microlift.server.problem.ErrorCode;
import dev.microlift.server.problem.Fault;
import dev.microlift.server.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvLinesTest {

    private final StrictJson json = new StrictJson();

    private CsvLines lines(String csv) {
        return new CsvLines(json, new ByteArrayInputStream(csv.getBytes(UTF_8)));
    }

    /** Every row as its line and its message, or why it is none. */
    private List<String> read(CsvLines lines) throws IOException {
        List<String> read = new ArrayList<>();
        while (lines.advance()) {
            try {
                read.add(lines.line() + " " + json.text(lines.message().node()));
            } catch (Rejected why) {
                read.add(lines.line() + " " + why.code());
            }
        }
        return read;
    }

    private List<String> read(String csv) throws IOException {
        return read(lines(csv));
    }

    @Test
    void aRowBecomesAMessageOfTheCellsThatHoldSomething() throws IOException {
        assertThat(read("""
                        type,event,userId,properties.price,context.ip,units.account
                        track,Product Viewed,u1,9.50,::1,a9
                        track,e,,,,7
                        """))
                .containsExactly(
                        "2 {\"type\":\"track\",\"event\":\"Product Viewed\",\"userId\":\"u1\",\"properties\":{\"price\":9.50},"
                                + "\"context\":{\"ip\":\"::1\",\"units\":{\"account\":\"a9\"}}}",
                        "3 {\"type\":\"track\",\"event\":\"e\",\"context\":{\"units\":{\"account\":\"7\"}}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|1",
                "-0|-0",
                "1.50|1.50",
                "1e3|1E+3",
                "9007199254740993|9007199254740993",
                "true|true",
                "false|false",
                "007|'\"007\"'",
                "+1|'\"+1\"'",
                "'1 '|'\"1 \"'",
                "NaN|'\"NaN\"'",
                "True|'\"True\"'",
                "null|'\"null\"'",
                "[1]|'\"[1]\"'",
                "-|'\"-\"'",
                "1 2|'\"1 2\"'",
                "2026-01-31|'\"2026-01-31\"'"
            })
    void onlyWhatIsWrittenLikeANumberOrATruthValueOfJsonIsOne(String cell, String expected) {
        String text = json.text(json.scalar(cell));

        assertThat(text).isEqualTo(cell.equals("-0") ? text : expected);
        assertThat(json.scalar(cell).isTextual()).isEqualTo(expected.startsWith("\""));
    }

    @Test
    void aNameMayKeepItsCellsTextsAndLeadIntoObjects() throws IOException {
        assertThat(read("event,properties.sku:text,properties.address.city\ne,42,Bern"))
                .containsExactly("2 {\"event\":\"e\",\"properties\":{\"sku\":\"42\",\"address\":{\"city\":\"Bern\"}}}");
    }

    @Test
    void quotedCellsMayHoldAnythingAndLinesAreCountedThroughThem() throws IOException {
        assertThat(read("event,userId\n\"a \"\"b\"\", c\nd\",u1\n\ne,u2\n"))
                .containsExactly(
                        "2 {\"event\":\"a \\\"b\\\", c\\nd\",\"userId\":\"u1\"}",
                        "5 {\"event\":\"e\",\"userId\":\"u2\"}");
    }

    @Test
    void missingCellsAreAbsentAndCellsWithoutANameAMistake() throws IOException {
        assertThat(read("event,userId\ne\ne,u,x\ne,u"))
                .containsExactly("2 {\"event\":\"e\"}", "3 too-many-cells", "4 {\"event\":\"e\",\"userId\":\"u\"}");
    }

    @Test
    void longRowsAreRejectedAlone() throws IOException {
        String cell = "\"" + "x".repeat(Limits.MESSAGE_BYTES) + "\"";
        assertThat(read("event,userId\n" + cell + ",u\n" + "x".repeat(3_000_000) + ",u\n" + ",".repeat(100_000)
                        + "\ne,u"))
                .containsExactly("2 too-large", "3 too-large", "4 too-large", "5 {\"event\":\"e\",\"userId\":\"u\"}");
    }

    @Test
    void aRowInAnotherCharacterSetIsRejectedAlone() throws IOException {
        byte[] csv = "event,userId\ngrün,u\ne,u".getBytes(ISO_8859_1);

        assertThat(read(new CsvLines(json, new ByteArrayInputStream(csv))))
                .containsExactly("2 invalid-text", "3 {\"event\":\"e\",\"userId\":\"u\"}");
    }

    @Test
    void aQuoteThatIsNeverClosedEndsTheImportWithTheLine() throws IOException {
        CsvLines lines = lines("event,userId\ne,u\n\"" + "x,y\n".repeat(2_000_000));
        assertThat(lines.advance()).isTrue();

        assertThatExceptionOfType(CsvLines.MalformedCsvException.class)
                .isThrownBy(lines::advance)
                .withMessageContaining("after line 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event,prize|unknown-column",
                "event,properties.|unknown-column",
                "event,properties.a..b|unknown-column",
                "event,units.|unknown-column",
                "event,event|duplicate-column",
                "properties.a,properties.a:text|duplicate-column",
                "properties.a,properties.a.b|conflicting-column",
                "event,|unknown-column"
            })
    void aFirstRowThatMeansNothingIsRefused(String header, String code) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> lines(header + "\n").advance())
                .satisfies(
                        why -> assertThat(why.faults()).extracting(Fault::code).containsExactly(code));
    }

    @Test
    void aNameLeadsAsDeepAsAMessageMayBe() throws IOException {
        String deepest = "properties" + ".a".repeat(Limits.DEPTH - 1);

        assertThat(read(deepest + "\n1")).hasSize(1);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> lines(deepest + ".a\n1").advance())
                .satisfies(
                        why -> assertThat(why.faults()).extracting(Fault::code).containsExactly("too-deep-column"));
    }

    @Test
    void aFirstRowBeyondTheLimitIsRefusedAndNotCut() {
        String header = "event,properties." + "x".repeat(Limits.MESSAGE_BYTES);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> lines(header + "\n").advance())
                .satisfies(why -> assertThat(why.code()).isEqualTo(ErrorCode.TOO_LARGE));
    }

    @Test
    void nothingAndAFirstRowAloneHoldNoMessages() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read("event,userId")).isEmpty();
    }

    @Test
    void theSameRowHasTheSameIdInEveryFile() throws IOException, Rejected {
        CsvLines one = lines("event,userId\ne,u\r\nf,u\r\ne,u");
        List<String> ids = new ArrayList<>();
        while (one.advance()) {
            JsonNode message = one.message().node();
            ids.add(one.newId(message).get());
        }

        assertThat(ids.get(0)).startsWith("import-").hasSizeLessThanOrEqualTo(Limits.MESSAGE_ID_BYTES);
        assertThat(ids.get(2)).isEqualTo(ids.get(0)).isNotEqualTo(ids.get(1));
    }
}
