package dev.microlift.server.simulator;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads options: {@code 0.1}, {@code 10%} and {@code +10%} are the same number; steps go by their keys. */
final class Share implements ITypeConverter<Double> {

    @Override
    public Double convert(String text) {
        boolean percent = text.endsWith("%");
        String digits = percent ? text.substring(0, text.length() - 1) : text;
        if (!digits.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)")) {
            throw new TypeConversionException("'" + text + "' is not a number such as 0.1 or 10%");
        }
        double number = Double.parseDouble(digits);
        return percent ? number / 100 : number;
    }

    /** Reads the key of a step. */
    static final class OfStep implements ITypeConverter<ShopStep> {

        @Override
        public ShopStep convert(String text) {
            return ShopStep.find(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "there is no step '" + text + "'; the steps are " + ShopStep.keys()));
        }
    }
}
