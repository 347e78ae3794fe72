package opd.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/// Makes and upgrades facilities, as the facility's owner or the server's administrator.
public final class Migrations {
  // Any number that nobody else uses: one migration at a time on a server.
  private static final long LOCK = 0x6F70642D6D696772L;

  private final DatabaseSettings settings;

  public Migrations(DatabaseSettings settings) {
    this.settings = settings;
  }

  /// What was done.
  ///
  /// @param applied how many migrations were applied, 0 when the schema was up to date
  public record Done(FacilityName facility, int version, int applied) {}

  /// Makes the facility with these settings, or upgrades it and leaves its settings alone.
  ///
  /// @throws OpdException SCHEMA_TOO_NEW, ACCESS_DENIED, DATABASE_UNAVAILABLE
  public Done migrate(FacilitySettings facility) {
    return locked(sql -> {
      prepare(sql);
      try {
        var result = flyway(facility).migrate();
        return new Done(settings.facility(), Schema.VERSION, result.migrationsExecuted);
      } catch (FlywayException e) {
        throw failed(e);
      }
    });
  }

  /// Whether the facility exists, in whatever version.
  public boolean exists() {
    return locked(this::hasHistory);
  }

  /// The error for a facility that does not exist.
  public static OpdException notFound(FacilityName facility) {
    return FacilityStore.notFound(facility);
  }

  /// Lets a login work at the facility's desk; made with this password if it does not exist.
  public void admitDesk(String login, String password) {
    locked(sql -> {
      var name = DSL.name(login);
      boolean exists =
          sql.fetchExists(
              DSL.table(DSL.name("pg_roles")),
              DSL.field(DSL.name("rolname"), String.class).eq(login));
      if (!exists) {
        sql.execute("create role {0} login", name);
      }
      sql.execute("alter role {0} password {1}", name, DSL.inline(password));
      sql.execute("grant {0} to {1}", DSL.name(settings.facility().deskRole()), name);
      return null;
    });
  }

  /// Removes the facility with all that it holds: for simulations.
  public void drop() {
    locked(sql -> {
      var role = DSL.name(settings.facility().deskRole());
      sql.dropSchemaIfExists(DSL.name(settings.facility().schema())).cascade().execute();
      sql.execute("drop role if exists {0}", role);
      return null;
    });
  }

  private interface Step<T extends @Nullable Object> {
    T on(DSLContext sql);
  }

  /// Holds a lock on a connection of its own, so that two migrations at the same moment do the work
  /// one after the other, and the second finds it done.
  private <T extends @Nullable Object> T locked(Step<T> step) {
    try (Connection connection = Database.connect(settings, settings.forStreams())) {
      connection.setAutoCommit(true);
      DSLContext sql = Sql.on(connection);
      sql.execute("select pg_advisory_lock({0})", DSL.inline(LOCK));
      return step.on(sql);
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    } catch (DataAccessException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }

  private void prepare(DSLContext sql) {
    // Needed by the constraint that keeps a doctor's slots apart; one for all facilities.
    sql.execute("create extension if not exists btree_gist with schema public");
    // Needed by the index that finds patients by part of their names.
    sql.execute("create extension if not exists pg_trgm with schema public");
    if (hasHistory(sql)) {
      FacilityStore.version(new Transaction(sql))
          .ifPresent(version -> Schema.checkNotNewer(settings.facility(), version));
    }
  }

  private boolean hasHistory(DSLContext sql) {
    return sql.fetchExists(
        DSL.table(DSL.name("pg_tables")),
        DSL.field(DSL.name("schemaname"), String.class).eq(settings.facility().schema()),
        DSL.field(DSL.name("tablename"), String.class).eq("flyway_schema_history"));
  }

  private Flyway flyway(FacilitySettings facility) {
    String schema = settings.facility().schema();
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(new OneServer(settings))
            .schemas(schema)
            .defaultSchema(schema)
            .createSchemas(true)
            .locations("classpath:db/migration")
            .failOnMissingLocations(true)
            .validateMigrationNaming(true)
            .loggers("slf4j")
            .placeholders(
                Map.of(
                    "region", facility.region(),
                    "zone", facility.zone().getId(),
                    "clock", facility.clock().name(),
                    "desk_role", settings.facility().deskRole()));
    return configuration.load();
  }

  private OpdException failed(FlywayException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return FaultMessages.error(Fault.of(sql), settings);
      }
    }
    return new OpdException(
        ErrorCode.INTERNAL,
        "the schema of facility " + settings.facility() + " could not be migrated",
        "see the log with -v; nothing of the failed step was kept",
        e);
  }
}
