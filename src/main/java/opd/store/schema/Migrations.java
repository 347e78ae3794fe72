package opd.store.schema;

import static opd.jooq.Tables.FLYWAY_SCHEMA_HISTORY;

import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.OpdException;
import opd.store.connection.DatabaseSettings;
import opd.store.connection.Fault;
import opd.store.connection.FaultMessages;
import opd.store.connection.Retries;
import opd.store.connection.SingleConnectionDataSource;
import opd.store.connection.Transaction;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Makes and upgrades facilities, as the facility's owner or the server's administrator.
public final class Migrations {
  // The script that Flyway carries out again when its checksum is another.
  private static final String GUARDS = "R__guards.sql";

  private final DatabaseSettings settings;

  public Migrations(DatabaseSettings settings) {
    this.settings = settings;
  }

  /// What was done.
  ///
  /// @param applied how many migrations were applied, 0 when the schema was up to date
  public record Done(FacilityName facility, int version, int applied) {
    /// Whether the facility came into being.
    public boolean isNew() {
      return applied >= SchemaHistory.MIGRATIONS;
    }
  }

  /// Makes the facility, or upgrades it.
  ///
  /// @throws OpdException SCHEMA_TOO_OLD, SCHEMA_TOO_NEW, ACCESS_DENIED, DATABASE_UNAVAILABLE;
  ///   INVALID_INPUT when settings are to be changed that are fixed by now
  public Done migrate(FacilitySetup setup) {
    return migrate(
        setup.zone().orElse(setup.initial().zone()), sql -> FacilityWriter.set(sql, setup));
  }

  /// Makes the facility's tables, without its row.
  public Done makeTables(ZoneId zone) {
    return migrate(zone, sql -> {});
  }

  private Done migrate(ZoneId zone, Consumer<DSLContext> last) {
    return Administration.locked(
        settings,
        sql -> {
          Optional<String> owner = prepare(sql, zone);
          // The row comes last: without it the facility is known as one that was not made to its
          // end.
          int applied =
              apply(
                  owner,
                  within -> {
                    Rights.grant(sql, settings.facility());
                    last.accept(within);
                  });
          return new Done(settings.facility(), Schema.VERSION, applied);
        });
  }

  /// @param owner whose the new tables are to be, whoever logs in; empty for the login itself
  private int apply(Optional<String> owner, Consumer<DSLContext> last) {
    try (SingleConnectionDataSource connection = new SingleConnectionDataSource(settings, owner)) {
      DSLContext sql = connection.sql();
      Distribution.allowTriggers(sql);
      repeatGuards(sql);
      int applied = applyAll(connection);
      DatabaseFacts.continueIdentities(new Transaction(sql), settings.facility());
      last.accept(sql);
      return applied;
    } catch (FlywayValidateException e) {
      // What was applied is not what this program has: a newer one was told apart before.
      throw Schema.notUpgradable(settings.facility(), e);
    } catch (FlywayException e) {
      throw failed(e);
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }

  /// Tries again while a desk holds what is needed; what was applied before stays.
  private int applyAll(SingleConnectionDataSource connection) {
    Retries retries = new Retries(settings, Duration.ZERO);
    while (true) {
      try {
        return flyway(connection).migrate().migrationsExecuted;
      } catch (FlywayException e) {
        Fault fault =
            fault(e).filter(found -> found.kind() == Fault.Kind.BUSY).orElseThrow(() -> e);
        retries.afterFailure(fault, false);
      }
    }
  }

  /// Has Flyway make the functions and triggers anew where somebody changed one: the history then
  /// says when.
  private void repeatGuards(DSLContext sql) {
    boolean isAltered =
        hasHistory(sql)
            && sql.transactionResult(transaction -> isAltered(new Transaction(transaction.dsl())));
    if (isAltered) {
      sql.update(FLYWAY_SCHEMA_HISTORY)
          .setNull(FLYWAY_SCHEMA_HISTORY.CHECKSUM)
          .where(FLYWAY_SCHEMA_HISTORY.SCRIPT.eq(GUARDS))
          .execute();
    }
  }

  private boolean isAltered(Transaction transaction) {
    // Without a version the function that notes it was taken away, too.
    return FacilityStore.version(transaction, settings.facility()).orElse(Schema.VERSION)
            == Schema.VERSION
        && Guards.areToBeRepeated(transaction, settings.facility());
  }

  /// Whether the facility exists, in whatever version.
  public boolean exists() {
    return Administration.locked(settings, this::hasHistory);
  }

  /// Whether the error is that the server did not accept user and password.
  public static boolean isLoginRefused(OpdException error) {
    return error.getCause() instanceof SQLException cause && Fault.of(cause).isOfLogin();
  }

  /// The error for a facility that does not exist.
  public static OpdException notFound(FacilityName facility) {
    return FaultMessages.facilityNotFound(facility);
  }

  /// Lets a login work at the facility's desk; made with this password if it does not exist.
  public void admitDesk(String login, String password) {
    // The login is that of all facilities.
    Administration.lockedForAll(
        settings,
        sql -> {
          var name = DSL.name(login);
          if (!Rights.exists(sql, login)) {
            sql.execute("create role {0} login", name);
          }
          Roles.setPassword(sql, login, password);
          sql.execute(
              "grant {0} to {1}", DSL.name(settings.facility().role(FacilityRole.DESK)), name);
          return null;
        });
  }

  /// @return the role that owns the schema, if there is one already
  private Optional<String> prepare(DSLContext sql, ZoneId zone) {
    checkEncoding(sql);
    checkZone(sql, zone);
    Optional<String> owner = Administration.owner(sql, settings);
    if (!hasExtensions(sql)) {
      Administration.lockedForAll(settings, Migrations::makeExtensions);
    }
    if (hasHistory(sql)) {
      FacilityStore.version(new Transaction(sql), settings.facility())
          .ifPresent(version -> Schema.checkUpgradable(settings.facility(), version));
    }
    return owner;
  }

  private static boolean hasExtensions(DSLContext sql) {
    return sql.fetchCount(
            DSL.table("pg_extension"),
            DSL.field(DSL.name("extname"), String.class).in("btree_gist", "pg_trgm"))
        == 2;
  }

  /// Each is one for all facilities, and of two who make it at the same moment one would fail.
  private static @Nullable Void makeExtensions(DSLContext sql) {
    // Needed by the constraint that keeps a doctor's slots apart.
    sql.execute("create extension if not exists btree_gist with schema public");
    // Needed by the index that finds patients by part of their names.
    sql.execute("create extension if not exists pg_trgm with schema public");
    return null;
  }

  /// In another one the first name in another script would be refused, or stored as something else.
  private void checkEncoding(DSLContext sql) {
    String encoding =
        sql.fetchSingle("select current_setting('server_encoding')").get(0, String.class);
    if (!"UTF8".equals(encoding)) {
      throw new OpdException(
          ErrorCode.ACCESS_DENIED,
          "the database at %s is in the encoding %s, which cannot hold every name"
              .formatted(settings.place(), encoding),
          "make one that can: createdb --encoding=UTF8 --template=template0 NAME");
    }
  }

  /// Java knows some that the server does not, and the other way round.
  private static void checkZone(DSLContext sql, ZoneId zone) {
    boolean isKnown =
        zone.getId().equals("UTC")
            || sql.fetchExists(
                DSL.table("pg_timezone_names"),
                DSL.field(DSL.name("name"), String.class).eq(zone.getId()));
    if (!isKnown) {
      throw new OpdException(
          ErrorCode.INVALID_INPUT,
          "the database server does not know the time zone " + zone.getId(),
          "give another of the same region, such as Asia/Kolkata");
    }
  }

  private boolean hasHistory(DSLContext sql) {
    return sql.fetchExists(
        DSL.table("pg_tables"),
        DSL.field(DSL.name("schemaname"), String.class).eq(settings.facility().schema()),
        DSL.field(DSL.name("tablename"), String.class).eq("flyway_schema_history"));
  }

  private Flyway flyway(SingleConnectionDataSource connection) {
    String schema = settings.facility().schema();
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(connection)
            .schemas(schema)
            .defaultSchema(schema)
            .createSchemas(true)
            .locations("classpath:db/migration")
            .failOnMissingLocations(true)
            .validateMigrationNaming(true)
            .loggers("slf4j")
            // One try a second: any login can hold the lock that Flyway takes.
            .lockRetryCount(Math.toIntExact(Math.max(1, settings.budget().toSeconds())))
            .callbacks(new TableLocks(connection.sql(), settings.facility()))
            // A placeholder becomes part of a statement's text: nothing that somebody can choose
            // freely may stand in one. The name of a facility has letters, digits and underscores.
            .placeholders(Map.of("desk_role", settings.facility().role(FacilityRole.DESK)));
    return configuration.load();
  }

  private OpdException failed(FlywayException e) {
    return fault(e)
        .map(fault -> FaultMessages.error(fault, settings))
        .orElseGet(() ->
            new OpdException(
                ErrorCode.INTERNAL,
                "the schema of facility " + settings.facility() + " could not be migrated",
                "see the log with -v; nothing of the failed step was kept",
                e));
  }

  /// What the database said, if it was that which failed.
  private static Optional<Fault> fault(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Optional.of(Fault.of(sql));
      }
    }
    return Optional.empty();
  }
}
