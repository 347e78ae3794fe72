package opd.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import opd.domain.ClockSource;
import opd.domain.ErrorCode;
import opd.domain.OpdException;
import opd.testing.Prompt;
import opd.testing.TestFacility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of a facility that is to be closed when its connection breaks.
final class RelocationTest {
  private final TestFacility facility = TestFacility.borrow(ClockSource.DATABASE);
  private final Prompt superuser;

  RelocationTest() throws SQLException {
    superuser = Prompt.asSuperuser(facility);
  }

  @AfterEach
  void close() throws SQLException {
    superuser.close();
    facility.close();
  }

  @Test
  void whatIsLostBeforeTheCommitDidNotHappen() {
    OpdException error =
        failure(closing -> {
          cut();
          closing.run();
          return true;
        });
    assertThat(error.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
    assertThat(error.hint()).contains("nothing happened");
  }

  @Test
  void whatIsLostAtTheCommitMayHaveHappenedAndIsToBeLookedAt() {
    OpdException error =
        failure(closing -> {
          closing.run();
          cut();
          return true;
        });
    assertThat(error.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    assertThat(error.hint()).contains("opd --facility " + facility.name() + " queue");
  }

  private OpdException failure(Relocation.Copying<Boolean> copying) {
    return catchThrowableOfType(
        OpdException.class,
        () -> Relocation.close(facility.administrator(), "db2.example/opd", copying));
  }

  /// The connection that keeps others from changing the facility.
  private void cut() {
    try {
      superuser.run(
          "select pg_terminate_backend(pid, 60000) from pg_locks where mode = 'ShareLock'"
              + " and relation = 'token'::regclass");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
