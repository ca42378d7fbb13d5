package dev.microlift.server.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Messages that are right, but must not be stored. They are counted and told to their sender; nothing of what they say is
 * kept, also not as a reject.
 */
final class Unwanted {

    /** The unit was erased. */
    static final String ERASED = "unit-erased";

    static final String ERASED_DETAIL = "what was stored of this unit was erased; nothing is stored of it any more";

    /** The person did not consent. */
    static final String NO_CONSENT = "no-consent";

    /** The category of consent without which nothing is stored. */
    private static final String CATEGORY = "analytics";

    private Unwanted() {}

    /** Whether a kind of mistake is none of the sender's. */
    static boolean isCodeOf(String code) {
        return List.of(ERASED, NO_CONSENT).contains(code);
    }

    /** Refuses a message whose context says {@code no}: {@code consent: false}, or so for the category of analytics. */
    static void requireConsent(JsonNode context) throws Rejected {
        JsonNode consent = context.path("consent");
        if (isRefusal(consent) || refusesCategory(consent.path("categoryPreferences"))) {
            throw new Rejected(
                    "/context/consent", NO_CONSENT, "the context says that there is no consent to store this");
        }
    }

    /** Names of categories are the site's own, and mostly written with a capital. */
    private static boolean refusesCategory(JsonNode preferences) {
        return preferences.properties().stream()
                .anyMatch(category -> category.getKey().equalsIgnoreCase(CATEGORY) && isRefusal(category.getValue()));
    }

    private static boolean isRefusal(JsonNode answer) {
        return answer.isBoolean() && !answer.booleanValue();
    }
}
