package dev.microlift.server.launch;

import dev.microlift.server.limit.ZeroIsOff;
import io.quarkus.runtime.configuration.DurationConverter;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a setting's value must be. The kind follows from how the setting is declared: numbers are counts and sizes, so none
 * is below 1 unless 0 switches it off, and a text whose default is a size of memory is one. What a declaration cannot say is
 * said in {@link DeclaredSettings}.
 */
enum SettingKind {
    TEXT("a text", value -> true),
    TEXTS("texts, separated by commas", value -> true),
    SWITCH("true or false", value -> List.of("true", "false").contains(value.toLowerCase(Locale.ROOT))),
    INT("a whole number, 1 to " + Integer.MAX_VALUE, value -> Integer.parseInt(value) > 0),
    INT_OR_OFF("a whole number, 0 (off) to " + Integer.MAX_VALUE, value -> Integer.parseInt(value) >= 0),
    LONG("a whole number, 1 or more", value -> Long.parseLong(value) > 0),
    CONNECTIONS("a whole number, 2 or more", value -> Integer.parseInt(value) > 1),
    THREADS("a whole number, 1 to 1024", value -> Integer.parseInt(value) > 0 && Integer.parseInt(value) <= 1024),
    PORT("a port, 0 to 65535", value -> Integer.parseInt(value) >>> 16 == 0),
    DURATION(
            "a time longer than nothing, as PT5M or 5m",
            value -> duration(value).compareTo(Duration.ZERO) > 0),
    DAYS("a number of days, P1D to P36500D, as P90D", value -> isDays(duration(value))),
    SIZE("a size of memory, as 512MB or 2GB", SettingKind::isSize),
    MEMORY("a size of memory of 16MB or more, as 512MB or 2GB", value -> bytes(value) >= 16_000_000),
    ADDRESS("an address that starts with http:// or https://", value -> value.matches("(?i)https?://.+")),
    FILE("a file that can be read", value -> Files.isReadable(Path.of(value)) && !Files.isDirectory(Path.of(value)));

    private final String allowed;

    @SuppressWarnings("ImmutableEnumChecker") // no rule given above holds state
    private final Predicate<String> rule;

    SettingKind(String allowed, Predicate<String> rule) {
        this.allowed = allowed;
        this.rule = rule;
    }

    /** The kind of the setting that a method declares. */
    static SettingKind of(Method method, Optional<String> fallback) {
        Type declared = method.getGenericReturnType();
        Type type = declared instanceof ParameterizedType optional ? optional.getActualTypeArguments()[0] : declared;
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return TEXTS;
        }
        if (type == String.class) {
            return fallback.filter(SettingKind::isSize).isPresent() ? SIZE : TEXT;
        }
        if (type == int.class || type == Integer.class || type == OptionalInt.class) {
            return method.isAnnotationPresent(ZeroIsOff.class) ? INT_OR_OFF : INT;
        }
        if (type == long.class || type == Long.class || type == OptionalLong.class) {
            return LONG;
        }
        if (type == boolean.class || type == Boolean.class) {
            return SWITCH;
        }
        if (type == Duration.class) {
            return DURATION;
        }
        if (type == Path.class) {
            return FILE;
        }
        throw new IllegalStateException("no kind of setting is a " + declared + ": " + method);
    }

    /** A number without a unit would be seconds: who writes 90 for days would lose what is older than a minute and a half. */
    private static Duration duration(String value) {
        if (value.matches("[-+]?\\d+")) {
            throw new IllegalArgumentException("a time without a unit");
        }
        return DurationConverter.parseDuration(value);
    }

    /** As a rule of retention over HTTP takes it. */
    private static boolean isDays(Duration duration) {
        long days = duration.toDays();
        return duration.equals(Duration.ofDays(days)) && days >= 1 && days <= 36_500;
    }

    private static boolean isSize(String value) {
        return Size.FORM.matcher(value).matches();
    }

    /** How large a size is: KB is a thousand bytes, KiB is 1024. */
    private static double bytes(String size) {
        Matcher parts = Size.FORM.matcher(size);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a size");
        }
        String unit = Optional.ofNullable(parts.group("unit")).orElse("").toUpperCase(Locale.ROOT);
        int power = unit.isEmpty() ? 0 : "KMGT".indexOf(unit.charAt(0)) + 1;
        return Double.parseDouble(parts.group("number")) * Math.pow(unit.length() > 1 ? 1024 : 1000, power);
    }

    /** Apart, because the constants above are made before any field of this type. */
    private static final class Size {
        static final Pattern FORM = Pattern.compile(
                "(?![0.]+ ?[KMGTB])(?<number>\\d+(\\.\\d+)?) ?(?<unit>[KMGT]i?)?B", Pattern.CASE_INSENSITIVE);
    }

    /** In words, for a sentence that goes on after "must be". */
    String allowed() {
        return allowed;
    }

    /** Whether a value can be taken. */
    boolean allows(String value) {
        try {
            return !value.isBlank() && rule.test(value.trim());
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
