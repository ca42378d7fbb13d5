package dev.microlift.server.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelRulesTest {

    private final ChannelRules rules = ChannelRules.parse(Sql.file("channels.txt"));

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            '|||'                         ; direct
            'google|cpc||'                ; paid search
            '||gclid|'                    ; paid search
            '|||www.google.de'            ; organic search
            'facebook|paid_social||'      ; paid social
            '||fbclid|l.facebook.com'     ; organic social
            '|||t.co'                     ; organic social
            'newsletter|||'               ; email
            '|email||mail.google.com'     ; email
            '|||mail.google.com'          ; email
            'acme|affiliate||'            ; affiliate
            'site|banner||'               ; display
            '|||blog.example.org'         ; referral
            'something|||www.google.com'  ; other""")
    void whereAUnitCameFromSaysItsChannel(String origin, String channel) {
        assertThat(rules.channel(Arrays.asList(origin.split("\\|", -1)))).isEqualTo(channel);
    }

    @Test
    void aLineThatIsNoRuleIsToldByItsNumberAlone() {
        for (String line : new String[] {"email ; x", "email ; ( ; ; ; "}) {
            assertThatThrownBy(() -> ChannelRules.parse("# ours\n" + line))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("line 2 is not a channel and four patterns, separated by semicolons");
        }
    }
}
