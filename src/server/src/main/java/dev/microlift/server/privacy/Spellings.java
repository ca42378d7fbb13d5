package dev.microlift.server.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URLEncoder;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an id may be written in something that was sent: as it is, in JSON with more or less escapes, in an address. */
final class Spellings {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private Spellings() {}

    static Set<String> of(String id) {
        String ascii = escaped(ASCII, id);
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(id);
        spellings.add(escaped(JSON, id));
        spellings.add(ascii);
        spellings.add(inLowerCaseEscapes(ascii));
        spellings.add(URLEncoder.encode(id, UTF_8));
        return spellings;
    }

    private static String escaped(ObjectMapper json, String id) {
        try {
            String text = json.writeValueAsString(id);
            return text.substring(1, text.length() - 1);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String inLowerCaseEscapes(String ascii) {
        return Pattern.compile("\\\\u[0-9A-F]{4}")
                .matcher(ascii)
                .replaceAll(escape -> Matcher.quoteReplacement(escape.group().toLowerCase(Locale.ROOT)));
    }
}
