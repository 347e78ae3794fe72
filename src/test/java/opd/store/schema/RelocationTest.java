package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.Test;

/// What becomes of a facility that is to be closed when its connection breaks.
final class RelocationTest {
  @Test
  void whatIsLostBeforeTheCommitHappenedNot() throws Exception {
    try (TestFacility facility = TestFacility.borrow(ClockSource.DATABASE);
        Prompt superuser = Prompt.asSuperuser(facility)) {
      OpdException error =
          failure(
              facility,
              closing -> {
                cut(superuser);
                closing.run();
                return true;
              });
      assertThat(error.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
      assertThat(error.hint()).contains("nothing happened");
    }
  }

  @Test
  void whatIsLostAtTheCommitMayHaveHappenedAndIsToBeLookedAt() throws Exception {
    try (TestFacility facility = TestFacility.borrow(ClockSource.DATABASE);
        Prompt superuser = Prompt.asSuperuser(facility)) {
      OpdException error =
          failure(
              facility,
              closing -> {
                closing.run();
                cut(superuser);
                return true;
              });
      assertThat(error.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
      assertThat(error.hint()).contains("opd --facility " + facility.name() + " queue");
    }
  }

  private static OpdException failure(TestFacility facility, Relocation.Copying<Boolean> copying) {
    return catchThrowableOfType(
        OpdException.class,
        () -> Relocation.close(facility.administrator(), "db2.example/opd", copying));
  }

  /// The connection that keeps others from changing the facility.
  private static void cut(Prompt superuser) {
    try {
      superuser.run(
          "select pg_terminate_backend(pid, 60000) from pg_locks where mode = 'ShareLock'"
              + " and relation = 'token'::regclass");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
