package dev.microlift.server.launch;

import io.smallrye.config.ConfigMapping;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every setting there is, as the features declare them. They are named here as text, for features keep their settings to
 * themselves and none of them is loaded before the application; a test holds the list to the sources.
 */
final class DeclaredSettings {

    static final List<String> MAPPINGS = List.of(
            "dev.microlift.server.launch.ServerSettings",
            "dev.microlift.server.access.SignOnSettings",
            "dev.microlift.server.alert.AlertSettings",
            "dev.microlift.server.alert.webhook.WebhookSettings",
            "dev.microlift.server.analysis.ReportSettings",
            "dev.microlift.server.eventlog.EventLogSettings",
            "dev.microlift.server.eventstore.EventStoreSettings",
            "dev.microlift.server.limit.LimitSettings",
            "dev.microlift.server.privacy.RetentionSettings",
            "dev.microlift.server.reject.RejectSettings",
            "dev.microlift.server.stream.StreamSettings");

    /** Settings of ours that take less than how they are declared says. */
    private static final Map<String, SettingKind> NARROWER = Map.of(
            "microlift.retention.keep-for", SettingKind.DAYS,
            "microlift.event-store.memory-limit", SettingKind.MEMORY,
            "microlift.event-store.threads", SettingKind.THREADS,
            "microlift.traces.endpoint", SettingKind.ADDRESS);

    /** Not ours, but what an operator sets most; what reads it would tell a mistake with a stack trace or without its name. */
    private static final List<Setting> OF_OTHERS = List.of(
            new Setting("quarkus.http.port", SettingKind.PORT, Optional.empty()),
            new Setting("quarkus.datasource.jdbc.max-size", SettingKind.CONNECTIONS, Optional.empty()));

    private DeclaredSettings() {}

    /** All settings of ours, mapping by mapping. */
    static List<Setting> ours() {
        return MAPPINGS.stream()
                .flatMap(DeclaredSettings::in)
                .map(setting -> setting.as(NARROWER.getOrDefault(setting.name(), setting.kind())))
                .toList();
    }

    /** What is looked at before the start. */
    static List<Setting> checked() {
        return Stream.concat(ours().stream(), OF_OTHERS.stream()).toList();
    }

    private static Stream<Setting> in(String mapping) {
        try {
            Class<?> declared = Class.forName(mapping, false, DeclaredSettings.class.getClassLoader());
            return under(declared.getAnnotation(ConfigMapping.class).prefix(), declared);
        } catch (ClassNotFoundException absent) {
            throw new IllegalStateException(absent);
        }
    }

    private static Stream<Setting> under(String prefix, Class<?> group) {
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .sorted(Comparator.comparing(Method::getName))
                .flatMap(method -> method.getReturnType().isInterface()
                        ? under(Setting.nameOf(prefix, method), method.getReturnType())
                        : Stream.of(Setting.of(prefix, method)));
    }
}
