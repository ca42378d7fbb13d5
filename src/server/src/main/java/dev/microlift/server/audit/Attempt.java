package dev.microlift.server.audit;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request to change something is about, as its address tells: the same words as those of a change that is made.
 *
 * @param key empty if the address names none, or nothing that could be one: whatever stands there might be a secret
 */
record Attempt(String action, String kind, String key) {

    private static final String ROOT = "/api/v1/";

    /** Answers a question by POST; there is nothing it could change. */
    private static final Set<String> QUESTIONS = Set.of("plan");

    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern KEY_ID = Pattern.compile("[0-9A-Za-z]{10}");

    /** What a request asks for, if it asks for a change of configuration. */
    static Optional<Attempt> of(String method, String path) {
        if (!path.startsWith(ROOT)) {
            return Optional.empty();
        }
        List<String> parts = List.of(path.substring(ROOT.length()).split("/", -1));
        Optional<String> action = action(method, parts);
        if (action.isEmpty() || QUESTIONS.contains(parts.get(0))) {
            return Optional.empty();
        }
        String kind = parts.get(0).replaceFirst("s$", "");
        String key = parts.size() > 1 ? parts.get(1) : "";
        Pattern form = kind.equals("key") ? KEY_ID : KEY;
        return Optional.of(new Attempt(action.get(), kind, form.matcher(key).matches() ? key : ""));
    }

    private static Optional<String> action(String method, List<String> parts) {
        return switch (method) {
            case "POST" -> Optional.of(parts.size() > 2 ? parts.get(parts.size() - 1) : "create");
            case "PUT" -> Optional.of("replace");
            case "PATCH" -> Optional.of("change");
            case "DELETE" -> Optional.of("delete");
            default -> Optional.empty();
        };
    }
}
