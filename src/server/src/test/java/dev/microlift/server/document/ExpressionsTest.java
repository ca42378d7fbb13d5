package dev.microlift.server.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^/p/[0-9]{1,10}$",
                "(.*a){25}x",
                ".{900}",
                "\\p{L}{2,50}",
                "[]{}(){9999}]+",
                "\\{9999}",
                "[^\\]{99999}]",
                "a{,5}",
                "(?i)(foo|bar){3}"
            })
    void whatPeopleWriteIsCompiled(String expression) {
        assertThat(Expressions.compile(expression, true).pattern()).isEqualTo(expression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{999}){999}",
                "((a{100}){100}){100}",
                "(?:(?:(?:[a-z]{1,90}){1,90}){0,90})",
                "(([^a]{50}){50,})",
                "(\\(){1000}{2}(x{1000})",
                "\\pL{500}",
                "\\P{Greek}{500}",
                "[\\p{L}]{500}",
                "((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9}"
            })
    void repetitionsOfRepetitionsAreBounded(String expression) {
        assertThatThrownBy(() -> Expressions.compile(expression, false)).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void everyExpressionHasASizeThatIsAtLeastItsLetters() {
        assertThat(Expressions.size("abc")).isEqualTo(3);
        assertThat(Expressions.size("(ab){3}c")).isGreaterThanOrEqualTo(7);
        assertThat(Expressions.size("((ab){3}c){2}")).isGreaterThanOrEqualTo(14);
    }
}
