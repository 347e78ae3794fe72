package opd.store;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Makes and upgrades facilities, as the facility's owner or the server's administrator.
public final class Migrations {
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
    return Administration.locked(
        settings,
        sql -> {
          Optional<String> owner = prepare(sql);
          int applied = apply(facility, owner);
          Rights.grant(sql, settings.facility());
          return new Done(settings.facility(), Schema.VERSION, applied);
        });
  }

  /// @param owner whose the new tables are to be, whoever logs in; empty for the login itself
  private int apply(FacilitySettings facility, Optional<String> owner) {
    try (OneConnection connection = new OneConnection(settings, owner)) {
      return flyway(facility, connection).migrate().migrationsExecuted;
    } catch (FlywayException e) {
      throw failed(e);
    } catch (SQLException e) {
      throw FaultMessages.error(Fault.of(e), settings);
    }
  }

  /// Whether the facility exists, in whatever version.
  public boolean exists() {
    return Administration.locked(settings, this::hasHistory);
  }

  /// The error for a facility that does not exist.
  public static OpdException notFound(FacilityName facility) {
    return FacilityStore.notFound(facility);
  }

  /// Lets a login work at the facility's desk; made with this password if it does not exist.
  public void admitDesk(String login, String password) {
    Administration.locked(
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

  /// Removes the facility with all that it holds: for simulations.
  public void drop() {
    Administration.locked(
        settings,
        sql -> {
          sql.dropSchemaIfExists(DSL.name(settings.facility().schema())).cascade().execute();
          for (FacilityRole role : FacilityRole.values()) {
            sql.execute("drop role if exists {0}", DSL.name(settings.facility().role(role)));
          }
          return null;
        });
  }

  /// @return the role that owns the schema, if there is one already
  private Optional<String> prepare(DSLContext sql) {
    Optional<String> owner = Administration.owner(sql, settings);
    // Needed by the constraint that keeps a doctor's slots apart; one for all facilities.
    sql.execute("create extension if not exists btree_gist with schema public");
    // Needed by the index that finds patients by part of their names.
    sql.execute("create extension if not exists pg_trgm with schema public");
    if (hasHistory(sql)) {
      FacilityStore.version(new Transaction(sql))
          .ifPresent(version -> Schema.checkNotNewer(settings.facility(), version));
    }
    return owner;
  }

  private boolean hasHistory(DSLContext sql) {
    return sql.fetchExists(
        DSL.table(DSL.name("pg_tables")),
        DSL.field(DSL.name("schemaname"), String.class).eq(settings.facility().schema()),
        DSL.field(DSL.name("tablename"), String.class).eq("flyway_schema_history"));
  }

  private Flyway flyway(FacilitySettings facility, DataSource connection) {
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
            .placeholders(
                Map.of(
                    "region", facility.region(),
                    "zone", facility.zone().getId(),
                    "clock", facility.clock().name(),
                    "desk_role", settings.facility().role(FacilityRole.DESK)));
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
