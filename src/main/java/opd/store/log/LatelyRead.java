package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import opd.domain.FacilityName;
import opd.store.connection.Transaction;
import opd.store.schema.Distribution;
import org.jooq.Condition;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// The entries that a follower of the log has read lately, where Citus holds it. A facility that is
/// moved goes on with the transaction ids of another server, and what was written before keeps its
/// own: by them alone, old entries would be taken for new and new ones for old. Ids are given by
/// several servers and tell no order. Times do: an entry is dated by the beginning of its
/// transaction, which the guards allow to be a minute ago.
final class LatelyRead {
  private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(2);

  private final FacilityName facility;
  private final Map<Long, Instant> times = new HashMap<>();
  private @Nullable String holder;
  private @Nullable Instant lastLook;
  // What a look finds is not older than this, unless nothing was seen before.
  private @Nullable Instant oldest;
  private boolean isMoved;

  LatelyRead(FacilityName facility) {
    this.facility = facility;
  }

  /// Begins another look.
  ///
  /// @param now by the database's clock
  void look(Transaction transaction, Instant now) {
    Optional<String> server = Distribution.server(transaction, facility);
    if (server.isEmpty()) {
      return;
    }
    isMoved = holder != null && !holder.equals(server.get());
    holder = server.get();
    oldest = lastLook == null ? null : lastLook.minus(LONGEST_TRANSACTION);
    lastLook = now;
    Instant end = oldest;
    if (end == null) {
      transaction
          .sql()
          .select(AUDIT_ENTRY.ID, AUDIT_ENTRY.AT)
          .from(AUDIT_ENTRY)
          .where(AUDIT_ENTRY.AT.ge(now.minus(LONGEST_TRANSACTION)))
          .forEach(row -> times.put(row.value1(), row.value2()));
    } else {
      times.values().removeIf(time -> time.isBefore(end));
    }
  }

  /// Whether Citus holds the log.
  boolean isCitus() {
    return holder != null;
  }

  /// Whether another server has held the facility since the look before.
  boolean isMoved() {
    return isMoved;
  }

  /// What of the entries that are new by their transaction ids is new indeed: all, at the first
  /// look.
  Condition among(Condition isNewById) {
    if (oldest == null) {
      return DSL.noCondition();
    }
    Condition isNew =
        AUDIT_ENTRY
            .AT
            .ge(oldest)
            .and(AUDIT_ENTRY.ID.ne(DSL.all(times.keySet().toArray(Long[]::new))));
    return isMoved ? isNew : isNew.and(isNewById);
  }

  void add(long id, Instant at) {
    if (isCitus()) {
      times.put(id, at);
    }
  }
}
