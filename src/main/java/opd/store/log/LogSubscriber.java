package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import opd.domain.OpdException;
import opd.record.StoredEntry;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.FacilityConnection;
import opd.store.connection.Fault;
import opd.store.connection.FaultMessages;
import opd.store.connection.Sql;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the log's new entries as they are committed, each exactly once.
///
/// The place in the log is a snapshot, not an id, as ids are not in the order of the commits: new
/// is what that snapshot did not see and a later one does. So nothing is missed or repeated when
/// the connection is lost in between, or in the middle of a batch.
public final class LogSubscriber {
  private static final Logger LOG = LoggerFactory.getLogger(LogSubscriber.class);
  // Of several writers at once only one notifies: those beside it have committed a moment later.
  private static final int MOMENT_MILLISECONDS = 50;
  // This long an entry waits at most whose writer did not know of a follower.
  private static final int LONGEST_WAIT_MILLISECONDS = 1_000;
  private static final long PAUSE_BEFORE_RECONNECT = Duration.ofMillis(100).toNanos();
  private static final String NOTHING_SEEN = "1:1:";

  private final DatabaseSettings settings;
  private final AuditFilter filter;
  private final Listener listener;
  // Everything that this snapshot saw was given to the listener, or was there before.
  private @Nullable String seen;
  // While a batch is being given: the snapshot up to which it goes, and its last entry so far.
  private @Nullable String upTo;
  private long lastId;
  // The newest entry that came from another cluster.
  private long lastForeign;
  private boolean wasConnected;

  /// Takes the entries.
  public interface Listener {
    void entry(StoredEntry entry);

    /// Told when there is nothing new at the moment, at least once a second.
    ///
    /// @return whether to go on
    boolean goOn();

    /// Told when the connection was made, or lost and is to be made again.
    default void connection(boolean isUp) {}
  }

  public LogSubscriber(DatabaseSettings settings, AuditFilter filter, Listener listener) {
    this.settings = settings;
    this.filter = filter;
    this.listener = listener;
    this.seen = filter.since().isPresent() ? NOTHING_SEEN : null;
  }

  /// Returns when the listener has had enough.
  ///
  /// @throws OpdException when the database cannot be reached at the beginning, or for good
  public void follow() {
    boolean goesOn = true;
    while (goesOn) {
      try (Connection connection =
          FacilityConnection.connectUnbounded(settings, settings.forSubscribers())) {
        goesOn = follow(connection);
      } catch (SQLException e) {
        lost(Fault.of(e));
        goesOn = listener.goOn();
      } catch (DataAccessException e) {
        lost(Fault.of(e));
        goesOn = listener.goOn();
      }
    }
  }

  private void lost(Fault fault) {
    boolean isPassing = fault.kind().isLost() || fault.kind().isPassing();
    if (!wasConnected || !isPassing) {
      throw FaultMessages.error(fault, settings);
    }
    listener.connection(false);
    LOG.warn("the connection was lost and is made again, SQLSTATE {}", fault.state());
    LockSupport.parkNanos(PAUSE_BEFORE_RECONNECT);
  }

  private boolean follow(Connection connection) throws SQLException {
    DSLContext sql = Sql.on(connection);
    SubscriberLock lock = new SubscriberLock(sql, settings.facility());
    PGConnection notifications = connection.unwrap(PGConnection.class);
    sql.execute("listen {0}", DSL.name(settings.facility().schema()));
    wasConnected = true;
    listener.connection(true);
    while (true) {
      lock.take();
      connection.setAutoCommit(false);
      boolean isNews = look(sql);
      connection.commit();
      connection.setAutoCommit(true);
      if (!listener.goOn()) {
        return false;
      }
      notifications.getNotifications(isNews ? MOMENT_MILLISECONDS : LONGEST_WAIT_MILLISECONDS);
    }
  }

  /// Gives what has become visible since the last look.
  ///
  /// @return whether anything was committed meanwhile, anywhere on the server
  private boolean look(DSLContext sql) {
    if (upTo == null) {
      upTo = sql.fetchSingle("select pg_current_snapshot()::text").get(0, String.class);
      lastId = 0;
    }
    String before = seen;
    if (before == null || before.equals(NOTHING_SEEN)) {
      lastForeign = lastForeign(sql, upTo);
    }
    boolean isNews = before != null && !before.equals(upTo);
    if (before != null && isNews) {
      AuditReader.read(
          sql,
          filter.condition().and(isNewHere(before, upTo)).and(AUDIT_ENTRY.ID.gt(lastId)),
          filter.limit(),
          entry -> {
            listener.entry(entry);
            lastId = entry.id();
          });
    }
    seen = upTo;
    upTo = null;
    return isNews;
  }

  /// Entries that came with a dump from another cluster have that one's transaction ids, which this
  /// one will only reach: all of them are old, and so is what stands before them.
  private static long lastForeign(DSLContext sql, String upTo) {
    return sql.select(DSL.coalesce(DSL.max(AUDIT_ENTRY.ID), DSL.inline(0L)))
        .from(AUDIT_ENTRY)
        .where(
            AUDIT_ENTRY.TRANSACTION_ID.ge(
                DSL.field("pg_snapshot_xmax({0}::pg_snapshot)::text::bigint", Long.class, upTo)))
        .fetchSingle(Record1::value1);
  }

  private Condition isNewHere(String before, String upTo) {
    Condition isNew = isNew(before, upTo).and(AUDIT_ENTRY.ID.gt(lastForeign));
    return before.equals(NOTHING_SEEN) ? isNew.or(AUDIT_ENTRY.ID.le(lastForeign)) : isNew;
  }

  private static Condition isNew(String seen, String upTo) {
    long oldest = Long.parseLong(seen.substring(0, seen.indexOf(':')));
    return AUDIT_ENTRY.TRANSACTION_ID.ge(oldest).and(isVisible(upTo)).andNot(isVisible(seen));
  }

  private static Condition isVisible(String snapshot) {
    return DSL.condition(
        "pg_visible_in_snapshot({0}::text::xid8, {1}::pg_snapshot)",
        AUDIT_ENTRY.TRANSACTION_ID, DSL.val(snapshot));
  }
}
