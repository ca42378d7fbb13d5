package dev.microlift.server.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TableTest {

    private static String csv(String block) throws Exception {
        return CsvText.of(FlatTable.of(new ObjectMapper().readTree(block))).replace("\r\n", "\n");
    }

    @Test
    void listsThatSpeakOfVariantsShareARow() throws Exception {
        assertThat(csv("""
                        [{"step": "buy", "variants": [{"variant": "a", "n": 1}, {"variant": "b", "n": 2}],
                          "comparisons": [{"variant": "b", "lift": {"estimate": 0.5, "ci": [0.1, 0.9]}}]}]""")).isEqualTo("""
                        step,variant,variants.n,comparisons.lift.estimate,comparisons.lift.ci.0,comparisons.lift.ci.1
                        buy,a,1,,,
                        buy,b,2,0.5,0.1,0.9
                        """);
    }

    @Test
    void otherListsMakeARowForEachOfTheirItems() throws Exception {
        assertThat(csv("""
                        {"verdict": "ok", "checks": [{"check": "srm", "p": null}, {"check": "late", "share": 0.1}]}""")).isEqualTo("""
                        verdict,checks.check,checks.p,checks.share
                        ok,srm,,
                        ok,late,,0.1
                        """);
    }

    @Test
    void aListThatSpeaksSeveralTimesOfAVariantKeepsEveryItem() throws Exception {
        assertThat(csv("""
                        {"edges": [{"variant": "a", "to": "cart", "leavers": 3, "next": [{"event": "Help"}]},
                                   {"variant": "b", "to": "cart", "leavers": 2, "next": []},
                                   {"variant": "a", "to": "buy", "leavers": 7, "next": []}],
                         "recoverable": []}""")).isEqualTo("""
                        variant,edges.to,edges.leavers,edges.next.event
                        a,cart,3,Help
                        b,cart,2,
                        a,buy,7,
                        """);
    }

    @Test
    void aVariantHasTheSameColumnBesideListsThatSpeakOfNone() throws Exception {
        assertThat(csv("""
                        {"edges": [{"variant": "a", "leavers": 3}], "recoverable": [{"edge": "buy"}]}""")).isEqualTo("""
                        variant,edges.leavers,recoverable.edge
                        a,3,
                        ,,buy
                        """);
    }

    @Test
    void nothingIsAnEmptyTable() throws Exception {
        assertThat(csv("[]").strip()).isEmpty();
    }

    @Test
    void aCellThatLooksLikeAFormulaIsDefused() {
        for (String formula : new String[] {"=1+1", "+cmd", "-x", "@sum(a)", "\tx", "\rx"}) {
            assertThat(CsvText.guarded(formula)).isEqualTo("'" + formula);
        }
    }

    @Test
    void numbersAndPlainTextStayAsTheyAre() {
        for (String plain : new String[] {"-1.5", "+3", "-1.2E-7", "7", "text", "a=b", ""}) {
            assertThat(CsvText.guarded(plain)).isEqualTo(plain);
        }
        assertThat(CsvText.guarded(null)).isEmpty();
    }
}
