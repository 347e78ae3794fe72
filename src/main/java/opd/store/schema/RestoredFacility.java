package opd.store.schema;

import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import opd.domain.ErrorCode;
import opd.domain.FacilityRole;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.store.connection.Citus;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.Fault;
import opd.store.connection.FaultMessages;
import opd.store.connection.OpenConnection;
import opd.store.connection.Transaction;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// A new facility that takes the rows of a backup. Until [#complete()] its schema bears a mark, by
/// which a later attempt knows one that was broken off, and removes it. Guarded by a lock of its
/// own for as long as it is open.
public final class RestoredFacility implements AutoCloseable {
  private static final String UNFINISHED = "opd: a restore that has not ended";
  // Follows the mark: the roles that were there before, which are not the restore's to drop.
  private static final String KEEPS = "; keeps ";
  // Any number that nobody else uses.
  private static final int LOCK = 0x6F706472;

  private final Connection connection;
  private final DatabaseSettings settings;
  private final DSLContext sql;
  private boolean isComplete;
  private Set<FacilityRole> kept = Set.of();

  private RestoredFacility(OpenConnection open, DatabaseSettings settings) {
    this.connection = open.connection();
    this.settings = settings;
    this.sql = open.sql();
  }

  /// Gives the rows of a table.
  public interface Source {
    /// Called once for each table. What it throws ends the loading, and nothing of it was kept.
    void read(FacilityTable table, Sink sink);
  }

  /// Takes the rows of a table.
  public interface Sink {
    /// @return how many they were
    /// @throws UncheckedIOException when they cannot be read
    long take(InputStream rows);
  }

  /// Makes the facility's schema, empty: what belongs into it is for the migrations to make.
  ///
  /// @throws OpdException INVALID_INPUT when there is one of the name already; DATABASE_BUSY when
  ///   another restore makes it at this moment
  public static RestoredFacility make(DatabaseSettings settings) {
    try {
      RestoredFacility restored =
          new RestoredFacility(
              OpenConnection.withOwnSession(settings, settings.forOwnSession()), settings);
      boolean made = false;
      try {
        restored.connection.setAutoCommit(false);
        restored.makeSchema();
        made = true;
        return restored;
      } finally {
        if (!made) {
          restored.connection.close();
        }
      }
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    } catch (DataAccessException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }

  private void makeSchema() throws SQLException {
    String schema = settings.facility().schema();
    Boolean isLocked =
        sql.resultQuery(
                "select pg_try_advisory_lock({0}, hashtext({1}))",
                DSL.inline(LOCK), DSL.inline(schema))
            .fetchSingle(0, Boolean.class);
    if (!Boolean.TRUE.equals(isLocked)) {
      throw new OpdException(
          ErrorCode.DATABASE_BUSY,
          "another restore makes the facility " + settings.facility() + " at this moment",
          "nothing happened; wait for it");
    }
    Record found =
        sql.resultQuery(
                "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = {0}",
                DSL.inline(schema))
            .fetchOne();
    String mark = found == null ? null : found.get(0, String.class);
    if (found != null && (mark == null || !mark.startsWith(UNFINISHED))) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "the facility " + settings.facility() + " exists already",
          "name a new one with --facility: a restore never touches what is there");
    }
    if (mark != null) {
      kept = keptBy(mark);
      new Removal(settings).dropIfThere(kept);
    } else {
      kept = rolesThere();
    }
    sql.execute("create schema {0}", DSL.name(schema));
    sql.execute(
        "comment on schema {0} is {1}",
        DSL.name(schema),
        DSL.inline(
            UNFINISHED
                + KEEPS
                + kept.stream().map(FacilityRole::name).collect(Collectors.joining(","))));
    connection.commit();
  }

  private Set<FacilityRole> rolesThere() {
    return Stream.of(FacilityRole.values())
        .filter(role -> Rights.exists(sql, settings.facility().role(role)))
        .collect(Collectors.toSet());
  }

  private static Set<FacilityRole> keptBy(String mark) {
    int start = mark.indexOf(KEEPS);
    return Stream.of(FacilityRole.values())
        .filter(role -> start >= 0 && mark.substring(start).contains(role.name()))
        .collect(Collectors.toSet());
  }

  /// Fills the facility in one transaction. The triggers would count and date the rows anew, and
  /// are silent meanwhile; constraints and indexes see every row, foreign keys at the end.
  public void load(Source source) {
    try {
      boolean isCitus = Citus.isThere(sql);
      Distribution.allowTriggers(sql);
      Transaction transaction = new Transaction(sql);
      List<FacilityTable> tables = FacilityTable.all(transaction, settings.facility());
      Result<Record> keys = foreignKeys();
      keys.forEach(key -> alter(key, "drop constraint {0}", DSL.name(key.get(1, String.class))));
      tables.forEach(table -> triggers(table, "disable"));
      for (FacilityTable table : tables) {
        source.read(table, rows -> FacilityCopy.write(transaction, table, rows));
      }
      if (!isCitus) {
        continueNumbers();
      }
      keys.forEach(key ->
          alter(
              key,
              "add constraint {0} {1}",
              DSL.name(key.get(1, String.class)),
              DSL.raw(key.get(2, String.class))));
      tables.forEach(table -> triggers(table, "enable"));
      tables.forEach(table -> sql.execute("analyze {0}", DSL.name(table.name())));
      connection.commit();
      if (isCitus) {
        Distribution.continueIdentities(sql, settings.facility());
        connection.commit();
      }
    } catch (SQLException e) {
      throw notLoaded(Fault.of(e));
    } catch (DataAccessException e) {
      throw notLoaded(Fault.of(e));
    }
  }

  /// As the rows have them.
  ///
  /// @throws OpdException INVALID_INPUT when there is no row, or not one of a facility
  public FacilitySettings settings() {
    try {
      FacilitySettings found =
          FacilityStore.find(new Transaction(sql), settings.facility()).settings();
      // Of the restored tables none is locked while somebody looks them through, which takes long.
      connection.commit();
      return found;
    } catch (SQLException e) {
      throw notLoaded(Fault.of(e));
    } catch (DataAccessException e) {
      throw notLoaded(Fault.of(e));
    } catch (OpdException noFacility) {
      throw damaged(noFacility);
    }
  }

  /// Rows that are no rows, or not those of one facility, came from a damaged file.
  private OpdException notLoaded(Fault fault) {
    if (fault.kind() == Fault.Kind.GUARD || fault.isOfValue()) {
      return damaged(fault.cause());
    }
    return FaultMessages.error(fault, settings);
  }

  private static OpdException damaged(Throwable cause) {
    return new OpdException(
        ErrorCode.INVALID_INPUT,
        "the rows of the backup do not fit together: it is damaged",
        "nothing of it was kept; use another copy",
        cause);
  }

  private Result<Record> foreignKeys() {
    return sql.fetch(
        """
        select r.relname, k.conname, pg_get_constraintdef(k.oid)
          from pg_constraint k join pg_class r on r.oid = k.conrelid
         where k.contype = 'f' and k.connamespace = current_schema()::regnamespace order by k.oid
        """);
  }

  private void alter(Record key, String change, org.jooq.QueryPart... parts) {
    sql.execute(
        DSL.sql("alter table {0} {1}", DSL.name(key.get(0, String.class)), DSL.sql(change, parts)));
  }

  private void triggers(FacilityTable table, String change) {
    sql.execute("alter table {0} {1} trigger user", DSL.name(table.name()), DSL.keyword(change));
  }

  /// The ids given next come after those that were loaded.
  private void continueNumbers() {
    sql.fetch(
            """
            select table_name, column_name from information_schema.columns
             where table_schema = current_schema() and is_identity = 'YES'
            """)
        .forEach(column -> {
          String table = column.get(0, String.class);
          String name = column.get(1, String.class);
          sql.fetch(
              "select setval(pg_get_serial_sequence({0}, {1}), max({2})) from {3} having count(*) > 0",
              DSL.inline(FacilityTable.quoted(table)),
              DSL.inline(name),
              DSL.name(name),
              DSL.name(table));
        });
  }

  /// The facility stays, and is one like any other.
  public void complete() {
    try {
      sql.execute("comment on schema {0} is null", DSL.name(settings.facility().schema()));
      connection.commit();
      isComplete = true;
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    } catch (DataAccessException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }

  /// Removes the facility unless it is complete.
  @Override
  public void close() {
    try (connection) {
      if (!connection.isClosed()) {
        connection.rollback();
      }
      if (!isComplete) {
        new Removal(settings).dropIfThere(kept);
      }
      unlock();
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    } catch (DataAccessException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }

  /// The server may notice only some time later that the connection is closed: the next restore
  /// would be told that this one is still at work.
  private void unlock() {
    try {
      sql.fetch("select pg_advisory_unlock_all()");
    } catch (DataAccessException e) {
      // The connection broke, and its locks end with it. What was restored is complete or gone.
    }
  }
}
