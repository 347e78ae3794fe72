package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneKey;
import opd.service.FacilityServices;
import opd.store.connection.DatabaseSettings;
import opd.testing.OwnDatabase;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Test;

/// The facility's one row: when it may be set, and what becomes of one that no program would write.
final class FacilityRowTest {
  private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");

  @Test
  void theSettingsOfASimulationMayBeChangedBeforeItsFirstSlot() throws Exception {
    try (TestFacility facility = TestFacility.create(ClockSource.SIMULATION)) {
      Migrations migrations = new Migrations(facility.administrator());
      migrations.migrate(setup(ClockSource.SIMULATION, Optional.of(INDIA)));
      migrations.migrate(setup(ClockSource.SIMULATION, Optional.of(ZoneId.of("UTC"))));
      try (FacilityServices desk = facility.deskAt(Instant.parse("2030-01-07T08:00:00Z"))) {
        assertThat(desk.settings().zone()).isEqualTo(ZoneId.of("UTC"));
        assertWhole(desk);
      }
    }
  }

  @Test
  void whoseRightsCannotBeGrantedHasNoRow() throws Exception {
    try (OwnDatabase own = new OwnDatabase("");
        Prompt superuser = own.prompt()) {
      String schema = own.facility().schema();
      String maker = schema + "_maker";
      superuser.run(
          "create role " + maker + " login password 'secret'",
          "grant create on database " + schema + " to " + maker,
          "create extension btree_gist with schema public",
          "create extension pg_trgm with schema public");
      Migrations migrations =
          new Migrations(
              new DatabaseSettings(
                  own.administrator().url(),
                  maker,
                  "secret",
                  own.facility(),
                  Duration.ofSeconds(10)));
      migrations.migrate(setup(ClockSource.DATABASE, Optional.empty()));
      superuser.run(
          "create table " + schema + ".others ()",
          "set session_replication_role = replica",
          "delete from " + schema + ".facility");
      OpdException error =
          catchThrowableOfType(
              OpdException.class,
              () -> migrations.migrate(setup(ClockSource.DATABASE, Optional.empty())));
      assertThat(error.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
      assertThat(superuser.number("select count(*) from " + schema + ".facility")).isZero();
      superuser.run("drop owned by " + maker + " cascade", "drop role " + maker);
    }
  }

  @Test
  void anOldSnapshotDoesNotChangeTheSettings() throws Exception {
    try (TestFacility facility = TestFacility.create();
        Prompt superuser = Prompt.asSuperuser(facility)) {
      for (String level : List.of("repeatable read", "serializable")) {
        assertThat(
                superuser.refusal(
                    "set transaction isolation level " + level,
                    "update facility set zone = 'Asia/Kolkata'"))
            .isEqualTo("facility_is_decided_on_the_latest_state");
      }
    }
  }

  /// Another program knew it, or a later one will.
  @Test
  void anEntryOfAZoneThatThisProgramDoesNotKnowIsVerifiedLikeAnyOther() throws Exception {
    try (TestFacility facility = TestFacility.create();
        Prompt superuser = Prompt.asSuperuser(facility)) {
      superuser.run(
          "update facility set zone = 'Mars/Olympus'",
          """
          insert into request (id, digest, kind, outcome) values ('mars', sha256('mars'), 'FACILITY_SAVED',
            '{"region":"IN","zone":"Mars/Olympus","clock":"DATABASE"}')\
          """,
          """
          insert into audit_entry (actor, kind, request_id, facts)
          select 'test', 'FACILITY_SET', 'mars', format('{"region":"%s","zone":"%s","clock":"%s","phoneKeyDigest":"%s"}',
                   default_region, zone, clock, encode(phone_key_digest, 'hex'))::json
            from facility\
          """);
      try (FacilityServices desk = facility.desk()) {
        assertWhole(desk);
      }
    }
  }

  @Test
  void aBackupWhoseRowIsNoFacilitysIsDamaged() throws Exception {
    try (TestFacility facility = TestFacility.create()) {
      DatabaseSettings settings = facility.administrator();
      Migrations migrations = new Migrations(settings);
      new Removal(settings).dropIfThere();
      for (String zone : List.of("Mars/Olympus", "")) {
        try (RestoredFacility restored = RestoredFacility.make(settings)) {
          migrations.makeTables(INDIA);
          if (!zone.isEmpty()) {
            restored.load((table, sink) -> sink.take(row(table, zone)));
          }
          assertThat(catchThrowableOfType(OpdException.class, restored::settings).code())
              .as(zone)
              .isEqualTo(ErrorCode.INVALID_INPUT);
        }
      }
    }
  }

  private static InputStream row(FacilityTable table, String zone) {
    Map<String, String> values =
        Map.of(
            "default_region", "IN",
            "zone", zone,
            "clock", "DATABASE",
            "phone_key", "\\\\x" + "00".repeat(PhoneKey.BYTES),
            "version", "1");
    String text =
        table.name().equals("facility")
            ? table.columns().stream()
                .map(column -> values.getOrDefault(column, "t"))
                .collect(Collectors.joining("\t", "", "\n"))
            : "";
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertWhole(FacilityServices desk) {
    assertThat(
            desk.verification()
                .verify(Optional.empty(), Optional.empty(), read -> {})
                .differences())
        .isEmpty();
  }

  private static FacilitySetup setup(ClockSource clock, Optional<ZoneId> zone) {
    return new FacilitySetup(
        new FacilitySettings("IN", ZoneId.of("UTC"), clock),
        Optional.empty(),
        zone,
        PhoneKey.random(),
        new Actor("test"));
  }
}
