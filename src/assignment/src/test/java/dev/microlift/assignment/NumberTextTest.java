package dev.microlift.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Expected texts are what JavaScript's {@code String(number)} and {@code Number(text)} give. */
class NumberTextTest {

    @Test
    void numbersHaveTheirShortestText() {
        assertThat(NumberText.of(18)).isEqualTo("18");
        assertThat(NumberText.of(18.0)).isEqualTo("18");
        assertThat(NumberText.of(-0.0)).isEqualTo("0");
        assertThat(NumberText.of(0.1 + 0.2)).isEqualTo("0.30000000000000004");
        assertThat(NumberText.of(-1.5e-7)).isEqualTo("-1.5e-7");
        assertThat(NumberText.of(0.000001)).isEqualTo("0.000001");
        assertThat(NumberText.of(Math.scalb(3.0, 65))).isEqualTo("110680464442257310000");
        assertThat(NumberText.of(1e21)).isEqualTo("1e+21");
        assertThat(NumberText.of(Math.scalb(1.0, -44))).isEqualTo("5.684341886080802e-14");
        assertThat(NumberText.of(Math.scalb(1.0, -25))).isEqualTo("2.9802322387695312e-8");
        assertThat(NumberText.of(Double.MIN_VALUE)).isEqualTo("5e-324");
        assertThat(NumberText.of(Double.MAX_VALUE)).isEqualTo("1.7976931348623157e+308");
        assertThat(NumberText.of(Double.NaN)).isEqualTo("NaN");
        assertThat(NumberText.of(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
    }

    @Test
    void textsReadBackAsTheSameNumber() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(number)) {
                assertThat(NumberText.parse(NumberText.of(number))).isEqualTo(number);
            }
        }
    }

    @Test
    void textsThatStandForNumbersAreRead() {
        assertThat(NumberText.parse("")).isZero();
        assertThat(NumberText.parse(" \t")).isZero();
        assertThat(NumberText.parse(" 12.50 ")).isEqualTo(12.5);
        assertThat(NumberText.parse(".5")).isEqualTo(0.5);
        assertThat(NumberText.parse("5.")).isEqualTo(5);
        assertThat(NumberText.parse("+1e-2")).isEqualTo(0.01);
        assertThat(NumberText.parse("0xfF")).isEqualTo(255);
        assertThat(NumberText.parse("0o17")).isEqualTo(15);
        assertThat(NumberText.parse("0b101")).isEqualTo(5);
        assertThat(NumberText.parse("-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void textsThatOnlyJavaReadsAsNumbersAreNone() {
        for (String text : new String[] {
            "x", "1f", "1d", "0x", "0x1p3", "-0x10", "1_000", "1e", ".", "e5", "--1", "1 2", "NaN", "infinity", "0b2"
        }) {
            assertThat(NumberText.parse(text)).as(text).isNaN();
        }
    }
}
