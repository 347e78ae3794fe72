package opd.store;

import java.time.Instant;
import java.util.function.Supplier;
import org.jooq.impl.DSL;

/// Where a transaction's time comes from.
public sealed interface DecisionClock {
  /// Makes the time known to the database.
  void set(Transaction transaction);

  /// The database's own clock.
  record OfDatabase() implements DecisionClock {
    @Override
    public void set(Transaction transaction) {}
  }

  /// A logical clock, which only a facility made for a simulation heeds.
  record Logical(Supplier<Instant> now) implements DecisionClock {
    @Override
    public void set(Transaction transaction) {
      transaction
          .sql()
          .select(
              DSL.function(
                  "set_config",
                  String.class,
                  DSL.inline("opd.logical_time"),
                  DSL.val(now.get().toString()),
                  DSL.inline(true)))
          .fetch();
    }
  }
}
