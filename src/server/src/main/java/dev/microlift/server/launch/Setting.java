package dev.microlift.server.launch;

import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that an operator can set.
 *
 * @param name as in a properties file, {@code microlift.event-log.max-behind}
 * @param fallback what it is unless it is set; empty if the server finds that out or does without
 */
record Setting(String name, SettingKind kind, Optional<String> fallback) {

    /** The setting that a method of a mapping with this prefix declares. */
    static Setting of(String prefix, Method method) {
        Optional<String> fallback =
                Optional.ofNullable(method.getAnnotation(WithDefault.class)).map(WithDefault::value);
        return new Setting(nameOf(prefix, method), SettingKind.of(method, fallback), fallback);
    }

    /** The name of what a method of a mapping declares. */
    static String nameOf(String prefix, Method method) {
        WithName given = method.getAnnotation(WithName.class);
        return prefix + "." + (given == null ? StringUtil.skewer(method.getName()) : given.value());
    }

    /** The same setting, of another kind. */
    Setting as(SettingKind other) {
        return new Setting(name, other, fallback);
    }

    /** Its environment variable, {@code MICROLIFT_EVENT_LOG_MAX_BEHIND}. */
    String variable() {
        return StringUtil.replaceNonAlphanumericByUnderscores(name).toUpperCase(Locale.ROOT);
    }

    /** Why a value cannot be taken, in words; empty if it can. */
    Optional<String> refusal(String value) {
        return kind.allows(value)
                ? Optional.empty()
                : Optional.of("%s (%s) must be %s, not \"%s\"".formatted(variable(), name, kind.allowed(), value));
    }
}
