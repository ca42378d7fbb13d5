package dev.microlift.server.analysis;

import static dev.microlift.server.analysis.Events.event;
import static dev.microlift.server.analysis.Events.exposure;
import static dev.microlift.server.eventlog.MessageBuilder.like;
import static org.assertj.core.api.Assertions.assertThat;

import dev.microlift.server.eventlog.Kind;
import dev.microlift.server.eventlog.Message;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A unit came by the channel that its exposure names, else by that of the nearest page. */
class ChannelOfUnitsTest extends StoredEvents {

    private static final long T0 = Duration.ofDays(2).toMillis();
    private static final long VISIT = Duration.ofMinutes(30).toMillis();
    private static final String SEARCH = "https://www.google.com/search";
    private static final String FRIEND = "https://blog.example.org/post";

    private static Message page(String id, long time, String referrer) {
        return like(event(id, "u", "page", time))
                .kind(Kind.PAGE)
                .context("{\"page\": {\"url\": \"https://shop.example/\", \"referrer\": \"" + referrer + "\"}}")
                .build();
    }

    private static Question question() {
        Question asked = new Ask().question();
        return new Question(
                asked.scope(),
                asked.unitType(),
                asked.steps(),
                asked.followUp(),
                asked.period(),
                asked.population(),
                new Detail(List.of(Detail.CHANNEL), List.of(), null, null, false));
    }

    private List<String> channels() {
        return ask(question()).segments().stream().map(Segment::value).toList();
    }

    @Test
    void theExposuresOwnOriginComesFirst() {
        store(
                page("p", T0, SEARCH),
                like(exposure("x", "u", "c", T0))
                        .context("{\"campaign\": {\"medium\": \"email\"}}")
                        .build());

        assertThat(channels()).containsExactly("email");
    }

    @Test
    void withoutOneTheLastPageBeforeItSaysTheChannel() {
        store(
                page("p1", 0, FRIEND),
                page("p2", T0 - 10, SEARCH),
                page("p3", T0 + 1, FRIEND),
                exposure("x", "u", "c", T0));

        assertThat(channels()).containsExactly("organic search");
    }

    @Test
    void pagesThatLeadFromOneToTheNextSayNothing() {
        store(page("p1", 0, SEARCH), page("p2", T0 - 10, "https://shop.example/"), exposure("x", "u", "c", T0));

        assertThat(channels()).containsExactly("organic search");
    }

    @Test
    void withoutAnyBeforeTheFirstPageOfTheSameVisitSaysTheChannel() {
        store(page("p1", T0 + VISIT - 1, FRIEND), page("p2", T0 + 5, SEARCH), exposure("x", "u", "c", T0));

        assertThat(channels()).containsExactly("organic search");
    }

    @Test
    void aLaterVisitSaysNothingAboutTheExposure() {
        store(page("p", T0 + VISIT, SEARCH), exposure("x", "u", "c", T0));

        assertThat(channels()).containsExactly(ChannelRules.DIRECT);
    }

    @Test
    void aPageThatComesInLateChangesTheChannel() {
        store(exposure("x", "u", "c", T0));
        assertThat(channels()).containsExactly(ChannelRules.DIRECT);

        store(page("p", T0 - 10, SEARCH));
        assertThat(channels()).containsExactly("organic search");
    }

    @Test
    void whatRobotsSawAndWhatOthersSawSaysNothing() {
        store(
                Events.byBot(page("p1", T0 - 10, SEARCH)),
                like(page("p2", T0 - 10, SEARCH)).user("somebody").build(),
                exposure("x", "u", "c", T0));

        assertThat(channels()).containsExactly(ChannelRules.DIRECT);
    }
}
