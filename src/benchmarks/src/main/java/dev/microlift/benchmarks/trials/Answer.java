package dev.microlift.benchmarks.trials;

/**
 * What the server said to one batch.
 *
 * @param saysWhen whether a refusal carried {@code Retry-After}
 */
record Answer(int status, boolean saysWhen, String body) {

    /** Whether every message of the batch was acknowledged. */
    boolean isAcknowledged() {
        return status == 200;
    }

    /** Whether it is one of the refusals that promise that a later attempt is welcome. */
    boolean isBusy() {
        return status == 429 || status == 503;
    }

    long accepted() {
        return JsonNumber.after(body, "\"accepted\":");
    }

    long duplicates() {
        return JsonNumber.after(body, "\"duplicates\":");
    }

    /** Reads two counters of every answer without the cost of a pattern. */
    private static final class JsonNumber {

        static long after(String json, String field) {
            int at = json.indexOf(field);
            long number = 0;
            for (int i = at + field.length(); at >= 0 && i < json.length() && isDigit(json.charAt(i)); i++) {
                number = 10 * number + json.charAt(i) - '0';
            }
            return number;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
