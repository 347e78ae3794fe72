package opd.store.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.ZoneId;
import opd.domain.Actor;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.domain.PhoneKey;
import opd.store.schema.FacilitySetup;
import opd.store.schema.Migrations;
import opd.testing.OwnDatabase;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Test;

/// A server that cannot do what is asked of it is told apart from a login that may not.
final class ServerFaultTest {
  private static final FacilitySetup SETTINGS =
      FacilitySetup.of(
          new FacilitySettings("IN", ZoneId.of("UTC"), ClockSource.DATABASE),
          PhoneKey.random(),
          new Actor("test"));

  @Test
  void aDiskThatCannotBeWrittenIsNoMissingRight() {
    try (TestFacility facility = TestFacility.create();
        FacilityConnection database = new FacilityConnection(facility.deskSettings())) {
      assertThatExceptionOfType(OpdException.class)
          .isThrownBy(() ->
              new Transactions(database, new DecisionClock.OfDatabase())
                  .write(ServerFaultTest::failAsOnAReadOnlyDisk))
          .withMessageContaining("disk cannot be written")
          .satisfies(error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
            assertThat(Migrations.isLoginRefused(error)).isFalse();
          });
    }
  }

  /// As PostgreSQL reports EROFS.
  private static int failAsOnAReadOnlyDisk(Transaction transaction) {
    return transaction
        .sql()
        .execute(
            """
            do $$ begin
              raise exception 'could not extend file "base/5/16384": Read-only file system'
                using errcode = 'insufficient_privilege';
            end $$\
            """);
  }

  @Test
  void aWrongPasswordIsARefusedLogin() {
    try (TestFacility facility = TestFacility.create()) {
      DatabaseSettings right = facility.administrator();
      DatabaseSettings wrong =
          new DatabaseSettings(
              right.url(), right.user(), "wrong", right.facility(), right.budget());
      assertThatThrownBy(() -> new Migrations(wrong).exists())
          .isInstanceOfSatisfying(
              OpdException.class, error -> assertThat(Migrations.isLoginRefused(error)).isTrue());
    }
  }

  @Test
  void aDatabaseInAnotherEncodingIsRefusedBeforeAnythingIsMade() throws SQLException {
    for (String encoding : new String[] {"LATIN1", "SQL_ASCII"}) {
      try (OwnDatabase database =
              new OwnDatabase("encoding '%s' locale 'C' template template0".formatted(encoding));
          Prompt prompt = database.prompt()) {
        assertThatExceptionOfType(OpdException.class)
            .isThrownBy(() -> new Migrations(database.administrator()).migrate(SETTINGS))
            .withMessageContaining(encoding)
            .satisfies(error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
              assertThat(error.hint()).contains("createdb --encoding=UTF8");
            });
        assertThat(
                prompt.column(
                    "select nspname from pg_namespace where nspname like 'opd%'"
                        + " union all select extname from pg_extension where extname <> 'plpgsql'"))
            .isEmpty();
      }
    }
  }
}
