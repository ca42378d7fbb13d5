package dev.microlift.server.launch;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Reads what was set before anything is touched, so that a mistake is told at once, with all others, in one line each.
 *
 * <p>A name of ours that nobody reads stops the start if it is nearly a setting's: a typo would otherwise leave the default
 * in force in silence. Anything farther away is only told, because other programs make such names too: Kubernetes sets
 * {@code MICROLIFT_SERVICE_HOST} beside a service called microlift.
 */
final class SettingsCheck {

    private static final String PROPERTIES = "microlift.";
    private static final String VARIABLES = "MICROLIFT_";
    private static final int TYPO = 3;

    private final List<Setting> settings;
    private final Consumer<String> warnings;

    SettingsCheck(List<Setting> settings, Consumer<String> warnings) {
        this.settings = settings;
        this.warnings = warnings;
    }

    /** @throws LaunchException if a value cannot be taken or a name looks mistyped, naming each and what is allowed */
    void check(SmallRyeConfig config) {
        List<String> refusals = new ArrayList<>();
        for (Setting setting : settings) {
            Optional.ofNullable(config.getConfigValue(setting.name()).getValue())
                    .filter(value -> !value.isBlank() || setting.fallback().isPresent())
                    .flatMap(value -> setting.refusal(value))
                    .ifPresent(refusals::add);
        }
        if (isSet(config, "microlift.single-sign-on.enabled", "true")
                && !isSet(config, "microlift.single-sign-on.issuer", ".+")) {
            refusals.add("MICROLIFT_SINGLE_SIGN_ON_ENABLED needs MICROLIFT_SINGLE_SIGN_ON_ISSUER");
        }
        if (isSet(config, "microlift.database.user", ".+") && !isSet(config, "microlift.database.url", ".+")) {
            warnings.accept("MICROLIFT_DATABASE_USER has no effect without MICROLIFT_DATABASE_URL");
        }
        for (String name : unread(config)) {
            Optional<String> meant = nearest(name);
            if (meant.isPresent()) {
                refusals.add("there is no setting " + name + "; did you mean " + meant.get() + "?");
            } else {
                warnings.accept("there is no setting " + name + "; it has no effect");
            }
        }
        if (!refusals.isEmpty()) {
            throw new LaunchException(String.join("\nmicrolift: ", refusals));
        }
    }

    private static boolean isSet(SmallRyeConfig config, String name, String form) {
        return Optional.ofNullable(config.getConfigValue(name).getValue())
                .filter(value -> value.strip().toLowerCase(Locale.ROOT).matches(form))
                .isPresent();
    }

    private Set<String> unread(SmallRyeConfig config) {
        Set<String> unread = new TreeSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            boolean environment = source instanceof EnvConfigSource;
            source.getPropertyNames().stream()
                    .filter(name -> name.startsWith(environment ? VARIABLES : PROPERTIES))
                    .filter(name -> names(environment).noneMatch(name::equals))
                    .forEach(unread::add);
        }
        return unread;
    }

    private Stream<String> names(boolean environment) {
        return settings.stream().map(environment ? Setting::variable : Setting::name);
    }

    private Optional<String> nearest(String name) {
        return names(name.startsWith(VARIABLES))
                .min(Comparator.comparingInt(known -> distance(known, name)))
                .filter(known -> distance(known, name) <= TYPO);
    }

    /** How many letters to insert, drop or replace to get from one text to the other (Levenshtein), whatever their case. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
