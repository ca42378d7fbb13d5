package dev.microlift.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationDumpTest {

    private static final String ODD = "tab\\t, line\\n, back\\\\slash, \\N, \"quote\", ü€😀";

    @TempDir
    static Path runtime;

    private static EmbeddedPostgres postgres;
    private static DataSource original;

    @TempDir
    Path backup;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(runtime.toFile())
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        original = created("original");
        Flyway.configure().dataSource(original).load().migrate();
        run(original, """
                insert into journey values ('shop', 1, now(), now());
                insert into journey_version values ('shop', 1, '{"name": "a"}', now());
                insert into experiment (key, revision, version, status, definition, created_at, updated_at)
                  values ('e', 1, 1, 'draft', '{"text": null}', now(), now());
                insert into experiment_journey values ('e', 'shop');
                insert into api_key (id, name, role, hash, created_at) values ('k', E'%s', 'admin', 'h', now());
                update configuration_version set version = 77;
                select nextval('report_snapshot_id'), nextval('report_snapshot_id')""".formatted(ODD));
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static DataSource created(String name) throws SQLException {
        run(postgres.getPostgresDatabase(), "create database " + name);
        return postgres.getDatabase("postgres", name);
    }

    private static void run(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(DataSource database, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }

    private ConfigurationCopy written(List<BackupFile> files) throws SQLException, IOException {
        try (Connection picture = ConfigurationDump.picture(original)) {
            return ConfigurationDump.write(picture, backup, files);
        }
    }

    @Test
    void everyRowAndSequenceComesIntoTheOtherDatabaseAsItWas() throws Exception {
        ConfigurationCopy copy = written(new ArrayList<>());
        DataSource other = created("other");

        ConfigurationDump.load(copy, backup, other);

        assertThat(copy.tables()).extracting(TableCopy::name).contains("journey", "api_key", "signing_secret");
        for (TableCopy table : copy.tables()) {
            String all = "select t::text from " + table.name() + " t order by 1";
            assertThat(rows(other, all))
                    .as(table.name())
                    .isEqualTo(rows(original, all))
                    .hasSize((int) table.rows());
        }
        String next = "select nextval('report_snapshot_id')";
        assertThat(rows(other, next)).isEqualTo(rows(original, next));
    }

    @Test
    void aTableComesAfterThoseItRefersTo() throws Exception {
        List<String> order = written(new ArrayList<>()).tables().stream()
                .map(TableCopy::name)
                .toList();

        assertThat(order).containsSubsequence("journey", "journey_version");
        assertThat(order).containsSubsequence("experiment", "experiment_journey");
        assertThat(order).containsSubsequence("layer", "experiment");
    }

    @Test
    void whatChangesAfterThePictureIsNotInIt() throws Exception {
        List<BackupFile> files = new ArrayList<>();
        try (Connection picture = ConfigurationDump.picture(original)) {
            run(original, "insert into reject values (1, now(), 'late', '', '', '', '', '')");
            try {
                ConfigurationCopy copy = ConfigurationDump.write(picture, backup, files);

                assertThat(copy.tables())
                        .filteredOn(table -> table.name().equals("reject"))
                        .extracting(TableCopy::rows)
                        .containsExactly(0L);
            } finally {
                run(original, "delete from reject");
            }
        }
    }

    @Test
    void aDatabaseInWhichAnythingIsIsRefused() throws Exception {
        DataSource used = created("used");
        ConfigurationDump.requireEmpty(used);
        run(used, "create table mine (a int)");

        assertThatThrownBy(() -> ConfigurationDump.requireEmpty(used))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("is not empty");
    }

    @Test
    void aConfigurationOfALaterReleaseIsRefusedNamingItsMigrationsAndNothingIsMade() throws Exception {
        DataSource untouched = created("untouched");
        ConfigurationCopy later = new ConfigurationCopy(List.of("1", "999"), List.of(), Map.of());

        assertThatThrownBy(() -> ConfigurationDump.load(later, backup, untouched))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("later Microlift")
                .hasMessageContaining("[999]");
        ConfigurationDump.requireEmpty(untouched);
    }
}
