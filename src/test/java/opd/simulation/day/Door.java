package opd.simulation.day;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import opd.testing.Await;
import opd.testing.Prompt;
import opd.testing.TestFacility;

/// A door between what desks read and the tokens that they write. It opens once two stand at it,
/// and stays open: what both have read, neither has changed.
final class Door implements Callable<Void> {
  private static final String WAITING =
      """
      create function a_desk_waits() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(hashtext(tg_table_schema)); return null; end $$;
      create trigger a_desk_waits before insert on token for each statement execute function a_desk_waits();
      """;

  private final Prompt keeper;

  private Door(Prompt keeper) {
    this.keeper = keeper;
  }

  static Door before(TestFacility facility) {
    try {
      Prompt keeper = Prompt.asSuperuser(facility);
      keeper.run(WAITING);
      keeper.begin("select pg_advisory_xact_lock(hashtext(current_schema))");
      return new Door(keeper);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Opens it when two stand there.
  @Override
  public Void call() throws Exception {
    try (keeper) {
      String standing =
          "select count(*) from pg_locks where not granted and %d = any (pg_blocking_pids(pid))"
              .formatted(keeper.backend());
      Await.until("two desks at the door", Await.PATIENCE, () -> keeper.number(standing) == 2);
      keeper.commit();
    }
    return null;
  }
}
