package dev.microlift.server.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** How answers are written: times in UTC with milliseconds, durations in ISO 8601, choices in camel case. */
@Singleton
public class JsonFormat implements ObjectMapperCustomizer {

    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Last, so that nothing replaces what is set here. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        // The shortest text that reads back as the same number, on every Java release.
        mapper.getFactory().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER.mappedFeature());
        SimpleModule module = new SimpleModule("microlift");
        module.addSerializer(Instant.class, new Written<>(Instant.class) {
            @Override
            String text(Instant value) {
                return write(value);
            }
        });
        module.addSerializer(Duration.class, new Written<>(Duration.class) {
            @Override
            String text(Duration value) {
                return write(value);
            }
        });
        module.addSerializer(Enum.class, new EnumInCamelCase());
        mapper.registerModule(module);
    }

    /** {@code 2026-01-31T08:00:00.000Z}. */
    public static String write(Instant time) {
        return MILLISECONDS.format(time.truncatedTo(ChronoUnit.MILLIS));
    }

    /** {@code P7D} for whole days, otherwise as {@link Duration#toString()}. */
    public static String write(Duration duration) {
        boolean wholeDays = !duration.isZero() && duration.equals(Duration.ofDays(duration.toDays()));
        return wholeDays ? "P" + duration.toDays() + "D" : duration.toString();
    }

    private abstract static class Written<T> extends StdSerializer<T> {
        Written(Class<T> type) {
            super(type);
        }

        abstract String text(T value);

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(text(value));
        }
    }

    @SuppressWarnings("rawtypes") // Jackson asks for the serializer of the raw type
    private static final class EnumInCamelCase extends StdSerializer<Enum> {
        EnumInCamelCase() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(Choices.write(value));
        }
    }
}
