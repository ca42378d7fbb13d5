package dev.microlift.server.ingest;

import java.util.List;

/** What is wrong with events of the Measurement Protocol, in its own words; nothing if the list is empty. */
public record MeasurementCheck(List<ValidationMessage> validationMessages) {

    public MeasurementCheck {
        validationMessages = List.copyOf(validationMessages);
    }

    /**
     * One mistake.
     *
     * @param fieldPath where it is, such as {@code events[0].params.value}
     * @param validationCode one of the protocol's codes
     */
    public record ValidationMessage(String fieldPath, String description, String validationCode) {

        static ValidationMessage of(Refusal refusal) {
            return new ValidationMessage(path(refusal), refusal.detail(), code(refusal.code()));
        }

        private static String path(Refusal refusal) {
            String event = "events[" + refusal.index() + "]";
            String pointer = refusal.pointer();
            return switch (pointer) {
                case "" -> refusal.code().equals("no-unit") ? "client_id" : event;
                case "/userId" -> "user_id";
                case "/anonymousId" -> "client_id";
                case "/event" -> event + ".name";
                case "/timestamp" -> event + ".timestamp_micros";
                case "/messageId" -> event + ".params.message_id";
                default ->
                    event + pointer.replaceFirst("^/properties", "/params").replace('/', '.');
            };
        }

        private static String code(String code) {
            if (code.startsWith("missing-") || code.equals("no-unit")) {
                return "VALUE_REQUIRED";
            }
            boolean isTooMuch = code.endsWith("-too-long") || code.equals("too-large");
            return isTooMuch || code.equals("number-out-of-range") ? "VALUE_OUT_OF_BOUNDS" : "VALUE_INVALID";
        }
    }
}
