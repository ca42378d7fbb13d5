package dev.microlift.server.analysis;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Derives the rows of units from events. It is the same for all units and for those that something new touched, so that
 * what is kept and brought up to date cannot drift away from what is derived afresh.
 *
 * <p>Tables that it makes on the way are temporary and live as long as its connection, unless they are forgotten before.
 */
final class Derivation {

    private static final String TOUCHED = Sql.file("touched.sql");
    private static final String TOUCHED_EVENTS = Sql.file("touched_events.sql");
    private static final String LINKED = Sql.file("linked.sql");
    private static final String EXPOSED = Sql.file("exposed.sql");
    private static final String TRAVELLERS = Sql.file("travellers.sql");
    private static final String MADE = Sql.file("made.sql");
    private static final String ORIGIN = Sql.file("origin.sql");
    private static final String ORIGINS = Sql.file("origins.sql");
    private static final String DONE = Sql.file("done.sql");
    private static final String AMOUNTS = Sql.file("amounts.sql");
    private static final String UNORDERED = Sql.file("unordered.sql");
    private static final String ORDERED = Sql.file("ordered.sql");
    private static final String FOLLOWED = Sql.file("followed.sql");
    private static final String FIRST_EXPOSURES = Sql.file("first_exposures.sql");
    private static final String RANDOMISED = Sql.file("randomised.sql");
    private static final String UNITS = Sql.file("units.sql");
    private static final String STRAYS = Sql.file("strays.sql");

    /** The tables that it makes on the way. */
    private static final List<String> ON_THE_WAY = List.of(
            "touched",
            "touched_events",
            "exposed",
            "first_exposures",
            "origins",
            "channels",
            "mismatched",
            "done",
            "numbered",
            "amounts",
            "unordered",
            "folded");

    /** An origin of which nothing is known. */
    private static final Sql NOWHERE = Sql.of("repeat(chr(31), 3)");

    /** How long after its exposure a page still belongs to the same visit. */
    private static final Duration VISIT = Duration.ofMinutes(30);

    private static final Sql PAGES = Sql.of(" or e.kind = 'page'");
    private static final Sql HUMAN = Sql.of("not e.bot");
    private static final Sql ANYBODY = Sql.of("true");

    private final Session session;
    private final Definition definition;
    private final Period period;
    private final ChannelRules channels;
    private final EventSql read;
    private final UnitSql units;
    private final boolean linked;
    private boolean touchedOnly;

    /** @param period asOf limits what is known; of a journey's traffic from and to limit the events */
    Derivation(Session session, Definition definition, Period period, ChannelRules channels) throws SQLException {
        this.session = session;
        this.definition = definition;
        this.period = period;
        this.channels = channels;
        this.read = new EventSql(definition);
        this.units = new UnitSql(definition, read);
        this.linked = UnitIds.of(definition.unitType()) == UnitIds.USER
                && session.number(Sql.of("select count(*) from (from links limit 1)")) > 0;
    }

    /** Makes room for another derivation over the same connection. */
    static void forget(Session session) throws SQLException {
        for (String table : ON_THE_WAY) {
            session.execute(Sql.of("drop table if exists temp." + table));
        }
    }

    /** From here on only units that something after this position may have changed; gives how many they are. */
    long restrictToTouched(long position) throws SQLException {
        Map<String, Sql> pieces = pieces();
        pieces.put("position", Sql.of(Long.toString(position)));
        Sql exposures = definition.scope() instanceof Scope.OfExperiment experiment
                ? exposes(experiment).within("or ", "")
                : Sql.NOTHING;
        pieces.put("or_others", Sql.join("", List.of(exposures, channel() < 0 ? Sql.NOTHING : PAGES)));
        pieces.put(
                "union_linked",
                UnitIds.of(definition.unitType()) == UnitIds.USER ? Sql.fill(LINKED, pieces) : Sql.NOTHING);
        session.execute(Sql.fill(TOUCHED, pieces));
        long count = session.number(Sql.of("select count(*) from touched"));
        if (count > 0) {
            readTouched(pieces);
        }
        return count;
    }

    private void readTouched(Map<String, Sql> pieces) throws SQLException {
        boolean needsContext = definition.segments().stream().anyMatch(StepSql::isOfContext);
        pieces.put("plain_names", Sql.list(read.otherNames()));
        pieces.put("read_names", Sql.list(read.readNames()));
        boolean toldApart =
                definition.scope() instanceof Scope.OfExperiment experiment && experiment.othersUntil() != null;
        pieces.put("received_ms", Sql.of(toldApart ? "e.received_ms" : "null::bigint"));
        boolean readsExposures = read.saysAttributes();
        for (String column : List.of("message_id", "experiment", "variant")) {
            pieces.put(column, Sql.of(readsExposures ? "e." + column : "null::varchar"));
        }
        pieces.put("context", needsContext ? Sql.of("e.context") : Sql.of("null::varchar"));
        session.execute(Sql.fill(TOUCHED_EVENTS, pieces));
        touchedOnly = true;
    }

    /** The query that gives the rows, once everything that it needs is there. */
    Sql units() throws SQLException {
        collectUnits();
        collectFirstExposures();
        collectMismatched();
        gather();
        followUnordered();
        return Sql.fill(
                UNITS,
                Map.of(
                        "columns", units.rowColumns(),
                        "said", saidColumns(),
                        "masks", units.did(),
                        "before_goal", units.beforeGoal(),
                        "furthest", units.furthest()));
    }

    /** Units that did steps while they could have been exposed, but never were, by a number that takes the place of their id. */
    Sql unexposed() {
        return Sql.of("select unit_no, first_" + (definition.steps().size() - 1)
                + " is not null as did_goal from done where unit_no < 0");
    }

    /** How many exposures after a position are to variants that the experiment does not have. */
    long strays(long position) throws SQLException {
        if (!(definition.scope() instanceof Scope.OfExperiment experiment)) {
            return 0;
        }
        return session.number(Sql.fill(
                STRAYS,
                Map.of(
                        "exposes", exposes(experiment),
                        "position", Sql.of(Long.toString(position)),
                        "known", time(period.asOf(), Long.MAX_VALUE),
                        "variants", Sql.list(experiment.variants()))));
    }

    /** Under which number a unit would be among them. */
    static String unexposedNumber(String unit) {
        return "-1 - (hash(" + unit + ") >> 1)::bigint";
    }

    private void collectUnits() throws SQLException {
        Map<String, Sql> pieces = pieces();
        if (definition.scope() instanceof Scope.OfExperiment experiment) {
            Sql variants = Sql.list(experiment.variants());
            pieces.put("variants", variants.within("[", "]"));
            pieces.put("exposes", exposes(experiment));
            pieces.put("end", time(definition.followUp().end(), Long.MAX_VALUE));
            Sql overridden = Sql.list(List.copyOf(experiment.overridden()));
            pieces.put(
                    "overridden",
                    overridden.text().isEmpty()
                            ? Sql.of("false")
                            : overridden.within("unit in (select unnest([", "]::varchar[]))"));
            pieces.put("closes", closes("t0", definition.followUp().limit()));
            session.execute(Sql.fill(EXPOSED, pieces));
        } else {
            pieces.put("made", made(HUMAN, read.conditions()));
            pieces.put("any_step", read.anyStep());
            pieces.put("from", time(period.from(), Long.MIN_VALUE));
            pieces.put("to", time(period.to(), Long.MAX_VALUE));
            pieces.put("closes", closes("min(time_ms)", period.to()));
            session.execute(Sql.fill(TRAVELLERS, pieces));
        }
    }

    /**
     * Until when a unit is followed: its window, but no longer than the experiment; of traffic without one the period. Which
     * of them have matured is for {@link Selection} to say.
     */
    private Sql closes(String t0, @Nullable Instant end) {
        boolean experiment = definition.scope() instanceof Scope.OfExperiment;
        return definition
                .followUp()
                .unitWindow()
                .map(window -> t0 + " + " + window.toMillis())
                .map(closing -> Sql.of(
                        experiment
                                ? "least(" + closing + ", "
                                        + time(end, Long.MAX_VALUE).text() + ")"
                                : closing))
                .orElseGet(() -> time(end, Long.MAX_VALUE));
    }

    private void collectFirstExposures() throws SQLException {
        List<Sql> said = new ArrayList<>();
        // Without attributes few units need it, and the ids that tell events of one instant apart were not read of all.
        Map<String, Sql> pieces = read.saysAttributes() ? pieces() : allEvents();
        if (definition.scope() instanceof Scope.OfExperiment experiment) {
            Sql variants = Sql.list(experiment.variants());
            said.add(variants.within("variant_no := list_position([", "], e.variant) - 1"));
            pieces.put("which", exposes(experiment).within("", " and e.variant in (" + variants.text() + ")"));
        } else {
            said.add(Sql.of("variant_no := 0"));
            pieces.put(
                    "which",
                    Sql.join(
                                    " or ",
                                    definition.steps().stream()
                                            .map(StepSql::makes)
                                            .toList())
                            .within("(", ")"));
        }
        for (int s = 0; s < definition.segments().size(); s++) {
            String attribute = definition.segments().get(s);
            Sql value = attribute.equals(Detail.CHANNEL) ? origin() : StepSql.attribute(attribute);
            said.add(value.within("segment_" + s + " := ", ""));
        }
        if (definition.covariate() != null) {
            said.add(StepSql.numericAttribute(definition.covariate()).within("covariate := ", ""));
        }
        pieces.put("said", Sql.join(", ", said));
        pieces.put(
                "needed", Sql.of(read.saysAttributes() ? "x.fate <> 'bot'" : "x.fate in ('crossover', 'overridden')"));
        session.execute(Sql.fill(FIRST_EXPOSURES, pieces));
        findChannels();
    }

    /** The origin of an event: the page's own words about it, or what its properties say. */
    private static Sql origin() {
        return Sql.fill(
                ORIGIN,
                Map.of(
                        "url",
                                Sql.of("coalesce(json_extract_string(e.context, '/page/url'),"
                                        + " json_extract_string(e.properties, '/url'))"),
                        "referrer",
                                Sql.of("coalesce(json_extract_string(e.context, '/page/referrer'),"
                                        + " json_extract_string(e.properties, '/referrer'))"),
                        "host", Sql.of("^[a-zA-Z]+://([^/:?#]+)")));
    }

    /** Position of the channel among the segments; negative if it is none of them. */
    private int channel() {
        return definition.segments().indexOf(Detail.CHANNEL);
    }

    /** Asks the rules about each different origin once. */
    private void findChannels() throws SQLException {
        if (channel() < 0) {
            return;
        }
        Map<String, Sql> pieces = allEvents();
        pieces.put("segment", Sql.of("segment_" + channel()));
        pieces.put("origin", origin());
        pieces.put("nowhere", NOWHERE);
        pieces.put("visit", Sql.of(Long.toString(VISIT.toMillis())));
        session.execute(Sql.fill(ORIGINS, pieces));
        session.execute(Sql.of("create temporary table channels (origin varchar, channel varchar)"));
        try (DuckDBAppender table =
                session.connection().unwrap(DuckDBConnection.class).createAppender("temp", "main", "channels")) {
            session.query(Sql.of("select distinct origin from origins"), row -> {
                String origin = row.getString(1);
                String channel = channels.channel(Arrays.asList(origin.split("\u001f", -1)));
                table.beginRow().append(origin).append(channel).endRow();
            });
        }
    }

    /** Asks the hash about every unit that was randomised; nearly all of them are where they should be. */
    private void collectMismatched() throws SQLException {
        session.execute(Sql.of("create temporary table mismatched (unit_no bigint)"));
        if (definition.scope() instanceof Scope.OfExperiment experiment
                && experiment.hash().isPresent()) {
            HashCheck check = new HashCheck(experiment.hash().get());
            try (DuckDBAppender table =
                    session.connection().unwrap(DuckDBConnection.class).createAppender("temp", "main", "mismatched")) {
                session.query(Sql.of(RANDOMISED), row -> {
                    if (!check.gives(row.getString(2), row.getInt(3))) {
                        table.beginRow().append(row.getLong(1)).endRow();
                    }
                });
            }
        }
    }

    private Sql saidColumns() {
        StringBuilder columns = new StringBuilder();
        for (int s = 0; s < definition.segments().size(); s++) {
            columns.append(
                    definition.segments().get(s).equals(Detail.CHANNEL)
                            ? "(select channel from origins join channels using (origin) where origins.unit_no ="
                                    + " followed.unit_no)"
                            : "said.segment_" + s);
            columns.append(" as segment_" + s + ", ");
        }
        return Sql.of(columns + (definition.covariate() == null ? "" : "said.covariate as covariate, "));
    }

    private void gather() throws SQLException {
        Map<String, Sql> pieces = pieces();
        pieces.put("past", Sql.of(Long.toString(past())));
        pieces.put("elapsed", units.elapsed());
        Instant started = definition.followUp().started();
        if (started == null || definition.scope() instanceof Scope.OfTraffic) {
            pieces.put("unit_no", Sql.of("x.unit_no"));
            pieces.put("join", Sql.of("join"));
            pieces.put("or_unexposed", Sql.NOTHING);
        } else {
            pieces.put("unit_no", Sql.of("coalesce(x.unit_no, " + unexposedNumber("made.unit") + ")"));
            pieces.put("join", Sql.of("left join"));
            pieces.put(
                    "or_unexposed",
                    read.anyStep()
                            .within(
                                    "or x.unit is null and made.unit is not null and not made.bot and made.time_ms >= "
                                            + started.toEpochMilli() + " and made.time_ms < "
                                            + time(definition.followUp().end(), Long.MAX_VALUE)
                                                    .text()
                                            + " and (",
                                    ")"));
        }
        pieces.put("made", made(ANYBODY, read.doneColumns()));
        pieces.put("name_count", Sql.of(Integer.toString(read.nameCount())));
        pieces.put("gathered", units.done());
        pieces.put("strict", units.strict());
        session.execute(Sql.fill(DONE, pieces));

        // Few events are joined the other way round than many.
        Sql summed = read.summedNames();
        Sql numbered = summed.text().isEmpty()
                ? Sql.of("false")
                : summed.within("not e.bot and list_contains([", "], e.name)");
        session.execute(made(numbered, read.amountColumns()).within("create temporary table numbered as ", ""));
        pieces.put("gathered", units.amounts());
        session.execute(Sql.fill(AMOUNTS, pieces));
    }

    private long past() {
        return definition.followUp().past().map(Duration::toMillis).orElse(0L);
    }

    private void followUnordered() throws SQLException {
        session.execute(Sql.of(UNORDERED));
        session.execute(units.foldedColumns().within("create temporary table folded (", ")"));
        if (session.number(Sql.of("select count(*) from unordered")) == 0) {
            return;
        }
        Map<String, Sql> pieces = pieces();
        Sql columns = read.orderedColumns();
        pieces.put("made", made(HUMAN, columns.text().isBlank() ? Sql.NOTHING : Sql.of(", e.name, e.properties")));
        pieces.put("columns", columns);
        pieces.put("mask", read.madeMask());
        pieces.put("numbers", read.orderedNumbers());
        pieces.put("any_step", read.anyStep());
        try (FoldedRows folded = new FoldedRows(session.connection(), definition.steps())) {
            session.query(Sql.fill(ORDERED, pieces), folded::take);
            folded.finish();
        }
        session.execute(Sql.fill(FOLLOWED, Map.of("followed", units.followed())));
        session.execute(Sql.of("delete from done where unit_no > 0 and strict < 0"));
    }

    private Sql made(Sql kind, Sql columns) {
        Map<String, Sql> pieces = pieces();
        pieces.put("kind", kind);
        pieces.put("columns", columns);
        pieces.put("name_list", read.nameList());
        return Sql.fill(MADE, pieces);
    }

    private Map<String, Sql> pieces() {
        Map<String, Sql> pieces = allEvents();
        if (touchedOnly) {
            pieces.put("events", Sql.of("touched_events"));
            pieces.put("unit", Sql.of("e.unit"));
            pieces.put("links", Sql.NOTHING);
        }
        return pieces;
    }

    private Map<String, Sql> allEvents() {
        Map<String, Sql> pieces = new HashMap<>();
        pieces.put("events", Sql.of("events"));
        pieces.put("unit", UnitIds.unit(definition.unitType(), linked));
        pieces.put("links", UnitIds.links(definition.unitType(), linked));
        pieces.put("names", read.names());
        pieces.put("known", time(period.asOf(), Long.MAX_VALUE));
        return pieces;
    }

    /** Which events are exposures to an experiment. */
    private static Sql exposes(Scope.OfExperiment experiment) {
        Instant others = experiment.othersUntil();
        return Sql.of(
                "e.name = 'Experiment Viewed' and e.experiment = ?"
                        + (others == null ? "" : " and e.received_ms > " + others.toEpochMilli()),
                experiment.key());
    }

    private static Sql time(@Nullable Instant time, long otherwise) {
        return Sql.of(Long.toString(time == null ? otherwise : time.toEpochMilli()));
    }
}
