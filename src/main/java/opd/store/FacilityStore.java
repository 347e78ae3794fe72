package opd.store;

import static opd.jooq.Tables.FACILITY;
import static opd.jooq.Tables.FLYWAY_SCHEMA_HISTORY;

import java.time.Instant;
import java.util.Optional;
import opd.domain.ErrorCode;
import opd.domain.FacilityName;
import opd.domain.FacilityRole;
import opd.domain.FacilitySettings;
import opd.domain.OpdException;
import opd.jooq.Routines;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.impl.DSL;

/// The statements on the facility itself.
public final class FacilityStore {
  private FacilityStore() {}

  /// A facility as a command finds it.
  ///
  /// @param schemaVersion the newest migration that was applied
  /// @param now the time by the clock that dates its decisions
  public record Found(FacilitySettings settings, int schemaVersion, Instant now) {}

  /// Settings, schema version and time in one cheap query; nothing is known of the schema before
  /// it.
  public static Found find(Transaction transaction, FacilityName facility) {
    Record row =
        transaction
            .sql()
            .select(
                FACILITY.DEFAULT_REGION,
                FACILITY.ZONE,
                FACILITY.CLOCK,
                FLYWAY_SCHEMA_HISTORY.VERSION,
                Routines.decisionTime())
            .from(FLYWAY_SCHEMA_HISTORY)
            .leftJoin(FACILITY)
            .on(DSL.trueCondition())
            .where(
                FLYWAY_SCHEMA_HISTORY.SUCCESS.isTrue(), FLYWAY_SCHEMA_HISTORY.VERSION.isNotNull())
            .orderBy(FLYWAY_SCHEMA_HISTORY.INSTALLED_RANK.desc())
            .limit(1)
            .fetchSingle();
    if (row.get(FACILITY.CLOCK) == null) {
      throw new OpdException(
          ErrorCode.SCHEMA_TOO_OLD,
          "facility " + facility + " was not made to its end",
          "run 'opd --facility " + facility + " db migrate' as the facility's owner");
    }
    return new Found(
        FacilitySettings.of(
            row.get(FACILITY.DEFAULT_REGION), row.get(FACILITY.ZONE), row.get(FACILITY.CLOCK)),
        Integer.parseInt(row.get(FLYWAY_SCHEMA_HISTORY.VERSION)),
        row.get(Routines.decisionTime()));
  }

  /// Writes the facility's one row, unless it has it: a facility that was broken off while it was
  /// made may lack it.
  static void make(Transaction transaction, FacilitySettings settings) {
    transaction
        .sql()
        .insertInto(FACILITY)
        .set(FACILITY.DEFAULT_REGION, settings.region())
        .set(FACILITY.ZONE, settings.zone().getId())
        .set(FACILITY.CLOCK, settings.clock())
        .onConflictDoNothing()
        .execute();
  }

  /// The newest migration that was applied, or empty when none was.
  static Optional<Integer> version(Transaction transaction) {
    return transaction
        .sql()
        .select(FLYWAY_SCHEMA_HISTORY.VERSION)
        .from(FLYWAY_SCHEMA_HISTORY)
        .where(FLYWAY_SCHEMA_HISTORY.SUCCESS.isTrue(), FLYWAY_SCHEMA_HISTORY.VERSION.isNotNull())
        .orderBy(FLYWAY_SCHEMA_HISTORY.INSTALLED_RANK.desc())
        .limit(1)
        .fetchOptional(FLYWAY_SCHEMA_HISTORY.VERSION)
        .map(Integer::valueOf);
  }

  /// The time by the clock that dates the facility's decisions.
  public static Instant now(Transaction transaction) {
    return transaction.sql().select(Routines.decisionTime()).fetchSingle(Record1::value1);
  }

  /// The error for a facility of which a login finds no table: whether it is missing, or closed to
  /// the login.
  public static OpdException notEntered(Transaction transaction, FacilityName facility) {
    boolean isClosed =
        transaction
            .sql()
            .fetchExists(
                DSL.table(DSL.name("pg_namespace")),
                DSL.field(DSL.name("nspname"), String.class)
                    .eq(facility.schema())
                    .andNot(DSL.condition("has_schema_privilege(oid, 'USAGE')")));
    return isClosed
        ? new OpdException(
            ErrorCode.ACCESS_DENIED,
            "this login may not enter the facility " + facility,
            "ask the administrator for membership in the role " + facility.role(FacilityRole.DESK))
        : notFound(facility);
  }

  static OpdException notFound(FacilityName facility) {
    return new OpdException(
        ErrorCode.FACILITY_NOT_FOUND,
        "there is no facility " + facility + " in this database",
        "check --facility, or make it with 'opd --facility " + facility + " db migrate'");
  }
}
