package opd.store.log;

import static opd.jooq.Tables.AUDIT_ENTRY;
import static opd.jooq.Tables.FACILITY;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import opd.domain.OpdException;
import opd.record.StoredEntry;
import opd.store.connection.CachedStatement;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.Fault;
import opd.store.connection.FaultMessages;
import opd.store.connection.OpenConnection;
import opd.store.connection.Transaction;
import org.jooq.Condition;
import org.jooq.Record;
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

  // On a standby the list of those that are not finished is empty, whoever works on the primary.
  // All before the first of them have finished. Of servers that Citus joins, the one answers that
  // holds the facility.
  private static final CachedStatement SNAPSHOT =
      new CachedStatement(() ->
          DSL.select(
                  DSL.field(
                      "case when pg_is_in_recovery()"
                          + " then format('%1$s:%1$s:', pg_snapshot_xmin(pg_current_snapshot()))"
                          + " else pg_current_snapshot()::text end",
                      String.class),
                  DSL.field("now()", AUDIT_ENTRY.AT.getDataType()))
              .from(DSL.selectOne().asTable("one"))
              .leftJoin(FACILITY)
              .on(FACILITY.ONLY_ROW));

  private final DatabaseSettings place;
  private final AuditFilter filter;
  private final Listener listener;
  private final LatelyRead lately;
  // Everything that this snapshot saw was given to the listener, or was there before.
  private @Nullable String seen;
  // While a batch is being given: the snapshot up to which it goes, and its last entry so far.
  private @Nullable String upTo;
  private long lastId;
  // The newest entry that came from another cluster.
  private long lastForeign;
  private boolean wasConnected;
  private boolean hasSaidWhy;

  /// Takes the entries.
  public interface Listener {
    void entry(StoredEntry entry);

    /// Told when there is nothing new at the moment, at least once a second.
    ///
    /// @return whether to go on
    boolean goOn();

    /// Told when the connection was made, or lost and is to be made again.
    default void connection(boolean isUp) {}

    /// Told when nobody can listen there for what others commit: then the log is looked at once a
    /// second.
    ///
    /// @param why as the end of a sentence
    default void asksAtIntervals(String why) {}

    /// That as a sentence.
    static String asking(String why) {
      return "looking for changes once a second: " + why;
    }
  }

  public LogSubscriber(DatabaseSettings settings, AuditFilter filter, Listener listener) {
    this.place = settings.directly();
    this.filter = filter;
    this.listener = listener;
    this.lately = new LatelyRead(place.facility());
    this.seen = filter.since().isPresent() ? NOTHING_SEEN : null;
  }

  /// Returns when the listener has had enough.
  ///
  /// @throws OpdException when the database cannot be reached at the beginning, or for good
  public void follow() {
    boolean goesOn = true;
    while (goesOn) {
      try (OpenConnection open = OpenConnection.to(place, place.forSubscribers(), place.budget())) {
        goesOn = follow(open);
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
      throw FaultMessages.error(fault, place);
    }
    listener.connection(false);
    LOG.warn("the connection was lost and is made again, SQLSTATE {}", fault.state());
    LockSupport.parkNanos(PAUSE_BEFORE_RECONNECT);
  }

  private boolean follow(OpenConnection open) throws SQLException {
    // Where it stands is known after the first look.
    boolean isNews = lookInTransaction(open);
    wasConnected = true;
    listener.connection(true);
    Optional<String> reason = open.reasonNotToListen();
    reason.ifPresent(this::sayWhyOnce);
    Optional<SubscriberLock> lock =
        reason.isPresent() ? Optional.empty() : Optional.of(listen(open));
    PGConnection notifications = open.connection().unwrap(PGConnection.class);
    while (true) {
      if (lock.isPresent()) {
        inSession(open, lock.get()::take);
        isNews |= lookInTransaction(open);
      }
      if (!listener.goOn()) {
        return false;
      }
      // Without notifications this is a pause, in which the end of the connection is noticed.
      boolean isMoment = isNews && lock.isPresent();
      notifications.getNotifications(isMoment ? MOMENT_MILLISECONDS : LONGEST_WAIT_MILLISECONDS);
      isNews = lock.isEmpty() && lookInTransaction(open);
    }
  }

  private SubscriberLock listen(OpenConnection open) throws SQLException {
    inSession(
        open,
        () -> {
          open.sql().execute("set idle_session_timeout = 0");
          open.sql().execute("listen {0}", DSL.name(place.facility().schema()));
        });
    return new SubscriberLock(open.sql(), place.facility());
  }

  /// Not in a transaction: a lock and a listener outlast it.
  private static void inSession(OpenConnection open, Runnable work) throws SQLException {
    open.connection().setAutoCommit(true);
    work.run();
    open.connection().setAutoCommit(false);
  }

  private void sayWhyOnce(String why) {
    if (!hasSaidWhy) {
      hasSaidWhy = true;
      listener.asksAtIntervals(why);
    }
  }

  private boolean lookInTransaction(OpenConnection open) throws SQLException {
    Transaction transaction = new Transaction(open.sql());
    open.begin(transaction, false);
    boolean isNews = look(transaction);
    open.connection().commit();
    return isNews;
  }

  /// Gives what has become visible since the last look.
  ///
  /// @return whether anything was committed meanwhile, anywhere on the server
  private boolean look(Transaction transaction) {
    if (upTo == null) {
      Record now = SNAPSHOT.on(transaction).fetchSingle();
      upTo = now.get(0, String.class);
      lastId = 0;
      lately.look(transaction, now.get(1, Instant.class));
      if (seen == null || seen.equals(NOTHING_SEEN)) {
        lastForeign = lastForeign(transaction);
      }
    }
    String before = seen;
    boolean isNews = before != null && (!before.equals(upTo) || lately.isMoved());
    if (before != null && isNews) {
      AuditReader.read(
          transaction,
          filter
              .condition()
              .and(lately.isCitus() ? lately.among(isNew(before, upTo)) : isNewHere(before, upTo))
              .and(AUDIT_ENTRY.ID.gt(lastId)),
          filter.limit(),
          AuditReader.BY_ID,
          entry -> {
            listener.entry(entry);
            lately.add(entry.id(), entry.at());
            lastId = entry.id();
          });
    }
    seen = upTo;
    upTo = null;
    return isNews;
  }

  /// Entries that came with a dump from another cluster have that one's transaction ids, which this
  /// one will only reach: all of them are old, and so is what stands before them. Asked of the
  /// statement's own snapshot, which on a standby, too, has seen none of this cluster's beyond.
  private static long lastForeign(Transaction transaction) {
    return transaction
        .sql()
        .select(DSL.coalesce(DSL.max(AUDIT_ENTRY.ID), DSL.inline(0L)))
        .from(AUDIT_ENTRY)
        .where(
            AUDIT_ENTRY.TRANSACTION_ID.ge(
                DSL.field("pg_snapshot_xmax(pg_current_snapshot())::text::bigint", Long.class)))
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
