package opd.store.connection;

import java.time.Instant;
import java.util.function.Supplier;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.OpdException;
import org.jooq.Param;
import org.jooq.impl.DSL;

/// Where a transaction's time comes from.
public sealed interface DecisionClock {
  /// Makes the time known to the database, at the latest with the next statement.
  void set(Transaction transaction);

  /// @throws OpdException INVALID_INPUT where nothing is decided any more
  default void checkGoesOn(FacilityName facility) {}

  /// The database's own clock.
  record OfDatabase() implements DecisionClock {
    @Override
    public void set(Transaction transaction) {}
  }

  /// A logical clock, which only a facility made for a simulation heeds.
  record Logical(Supplier<Instant> now) implements DecisionClock {
    private static final Param<String> TIME = DSL.param("time", String.class);
    private static final CachedStatement SET =
        new CachedStatement(() ->
            DSL.select(
                DSL.function(
                    "set_config",
                    String.class,
                    DSL.inline("opd.logical_time"),
                    TIME,
                    DSL.inline(true))));

    @Override
    public void set(Transaction transaction) {
      String time = now.get().toString();
      transaction.sendWithNext(SET.on(transaction).with(TIME, time));
      if (transaction.isCitus()) {
        // Only a SET LOCAL goes on to the server that holds the facility.
        transaction.sql().execute("set local opd.logical_time = {0}", DSL.inline(time));
      }
    }
  }

  /// The logical clock of a facility that a simulation left behind: it shows when the day ended,
  /// and nobody moves it on.
  record Stopped(Instant end) implements DecisionClock {
    @Override
    public void set(Transaction transaction) {
      new Logical(() -> end).set(transaction);
    }

    @Override
    public void checkGoesOn(FacilityName facility) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "facility " + facility + " was made by a simulation and can only be read",
          "its clock stands still; make a facility to work in: 'opd --facility NAME db migrate'");
    }
  }
}
